// A form that keeps what was typed until it was sent, also when the page is left or the app is
// closed.
import { reactive, watch } from 'vue'
import { own } from './session'

/** One store for all forms, so that the end of a session removes them together (lib/session). */
const slot = 'drafts'

function all(): Record<string, unknown> {
  try {
    return JSON.parse(own.read(slot)) as Record<string, unknown>
  } catch {
    return {} // none kept
  }
}

export interface Draft<T> {
  form: T
  /** The form about one thing, as it was left: for a page that learns its id in onLoad. */
  of(about: string): void
  /**
   * What the form holds now, to be given to done or clear when the server has it: then what was
   * typed meanwhile stays.
   */
  now(): string
  /**
   * Sent, and the page is left: forgotten, while the page shows it to its end. False when more was
   * typed since, which stays.
   */
  done(sent?: string): boolean
  /** Sent, and the page stays: forgotten and empty again. False as above. */
  clear(sent?: string): boolean
}

/** The form under a name, as it was left. */
export function useDraft<T extends object>(name: string, empty: T): Draft<T> {
  const none = JSON.stringify(empty)
  const form = reactive(JSON.parse(none) as T) as T
  let key = name
  let stop: () => void = () => undefined

  const now = () => JSON.stringify(form)
  const keep = () => {
    const { [key]: _, ...rest } = all()
    own.write(slot, JSON.stringify(now() === none ? rest : { ...rest, [key]: form }))
  }
  const forget = () => dropDraft(key)
  const over = (sent?: string) => sent === undefined || sent === now()
  const open = (about: string) => {
    stop()
    key = about ? `${name}/${about}` : name
    Object.assign(form, JSON.parse(none), all()[key])
    stop = watch(form, keep, { deep: true, flush: 'sync' }) // not a letter is lost when the page goes at once
  }
  open('')
  return {
    form,
    of: open,
    now,
    done: (sent) => over(sent) && (stop(), forget(), true),
    clear: (sent) => over(sent) && (Object.assign(form, JSON.parse(none)), forget(), true),
  }
}

/** Forgets a form from outside of its page. */
export function dropDraft(name: string): void {
  const { [name]: _, ...rest } = all()
  own.write(slot, JSON.stringify(rest))
}
