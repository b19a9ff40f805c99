// Something a person does once: shows progress, cannot be started twice, and says what went wrong.
// The idempotency key stays the same until the server has answered, so pressing again after a lost
// answer is the same command.
import { reactive } from 'vue'
import { alert, choose, confirm } from '@/platform/dialog'
import { Offline, Refused, commandKey } from './api'
import { t } from './i18n'
import { trouble, type Trouble } from './problems'

export interface Action {
  busy: boolean
  /** What went wrong the last time; undefined when nothing did. */
  trouble?: Trouble
  run(): Promise<void>
}

export interface ActionOptions {
  /** Show the failure in a dialog (default); pages that show `trouble` themselves say false. */
  dialog?: boolean
}

export function useAction(work: (key: string) => Promise<unknown>, { dialog = true }: ActionOptions = {}): Action {
  let key = ''
  const action: Action = reactive({
    busy: false,
    trouble: undefined as Trouble | undefined,
    async run() {
      if (action.busy) return
      action.busy = true
      action.trouble = undefined
      try {
        key ||= await commandKey()
        await work(key)
        key = ''
      } catch (e) {
        // A fault of the server says nothing about whether the command took effect: the next try is
        // the same command.
        if (!(e instanceof Offline || (e instanceof Refused && (e.status >= 500 || e.status === 408)))) key = ''
        action.trouble = trouble(e)
        if (dialog) tell(action.trouble)
      } finally {
        action.busy = false
      }
    },
  })
  return action
}

/**
 * Actions of the lines of a list: what keyOf says differs is another command. One that was done is
 * forgotten, one that failed is known for the next try.
 */
export function useActions<X>(
  work: (x: X, key: string) => Promise<unknown>,
  keyOf: (x: X) => string,
): { busy: boolean; run(x: X): Promise<void> } {
  const each = reactive(new Map<string, Action>())
  return {
    get busy() {
      return [...each.values()].some((a) => a.busy)
    },
    async run(x: X) {
      const name = keyOf(x)
      if (!each.has(name))
        each.set(
          name,
          useAction((key) => work(x, key)),
        )
      const action = each.get(name)!
      await action.run()
      if (!action.busy && !action.trouble) each.delete(name)
    },
  }
}

/**
 * A page's reading. Asked for while one is under way, it is done once more behind that one, whose
 * answer may be from before.
 */
export function useReading(work: () => Promise<unknown>): Action {
  const reading = useAction(work, { dialog: false })
  const once = reading.run
  let running = Promise.resolve()
  let next: Promise<void> | undefined
  reading.run = () => {
    if (!reading.busy) return (running = once())
    return (next ??= running.then(() => {
      next = undefined
      return (running = once())
    }))
  }
  return reading
}

/** A dialog with what went wrong. */
export function tell(x: Trouble): void {
  const lines = [...x.rules, ...(x.reference ? [t('common.reference', { id: x.reference })] : [])]
  alert(lines.length ? x.title : '', lines.length ? lines.join('\n') : x.title, t('common.confirm'))
}

/** Offers a choice; the place of what was chosen, undefined when nothing was. */
export const pickOne = choose

/** Asks; true when the person agreed. */
export function ask(title: string, content: string, yes = t('common.confirm')): Promise<boolean> {
  return confirm(title, content, yes, t('common.cancel'))
}
