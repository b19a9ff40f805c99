// A form that keeps what was typed until it was sent, also when the page is left or the app is closed.
import { reactive, watch } from 'vue'
import * as storage from '@/platform/storage'

/** One store for all forms, so that the end of a session removes them together (lib/session). */
const slot = 'drafts'

function all(): Record<string, unknown> {
  try {
    return JSON.parse(storage.read(slot)) as Record<string, unknown>
  } catch {
    return {} // none kept
  }
}

/** The form under a name, as it was left; done forgets it. */
export function useDraft<T extends object>(name: string, empty: T): { form: T; done: () => void } {
  const form = reactive({ ...empty, ...(all()[name] as Partial<T> | undefined) }) as T
  const stop = watch(form, () => storage.write(slot, JSON.stringify({ ...all(), [name]: form })), { deep: true })
  const done = () => {
    stop()
    dropDraft(name)
  }
  return { form, done }
}

export function dropDraft(name: string): void {
  const { [name]: _, ...rest } = all()
  storage.write(slot, JSON.stringify(rest))
}
