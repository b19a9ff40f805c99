// Dialogs of the desk: kit/desk-dialogs.vue draws what stands in this line. Their words come from
// the caller.
import { reactive } from 'vue'

export interface Asked {
  title: string
  content: string
  yes: string
  /** Left out: there is nothing to refuse. */
  no?: string
  items?: string[]
  answer: (a: { confirmed: boolean; item?: number }) => void
}

/** What waits for the person, the first one on the screen. */
export const asked = reactive<Asked[]>([])

function open(question: Omit<Asked, 'answer'>): Promise<{ confirmed: boolean; item?: number }> {
  return new Promise((resolve) => {
    const entry: Asked = {
      ...question,
      answer(a) {
        asked.splice(0, 1)
        resolve(a)
      },
    }
    asked.push(entry)
  })
}

export function alert(title: string, content: string, confirmText: string): void {
  void open({ title, content, yes: confirmText })
}

/** True when the person agreed. */
export const confirm = async (title: string, content: string, yes: string, no: string): Promise<boolean> =>
  (await open({ title, content, yes, no })).confirmed

/** The place of what was chosen, undefined when nothing was. */
export const choose = async (title: string, items: string[]): Promise<number | undefined> =>
  (await open({ title, content: '', yes: '', items })).item
