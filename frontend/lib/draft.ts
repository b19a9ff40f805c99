// A form that keeps what was typed until it was sent, also when the page is left or the app is
// closed. Numbers that say who somebody is are kept while the app is open, and never on the device.
import { reactive, watch } from 'vue'
import { own, session } from './session'

/** One store for all forms, so that the end of a session removes them together (lib/session). */
const slot = 'drafts'

function all(): Record<string, unknown> {
  try {
    return JSON.parse(own.read(slot)) as Record<string, unknown>
  } catch {
    return {} // none kept
  }
}

/** Forms that have something secret, whole, by name; of one session alone. */
let open: { token?: string; forms: Map<string, string> } = { forms: new Map() }

function inMemory(): Map<string, string> {
  const token = session.value?.token
  if (open.token !== token) open = { token, forms: new Map() }
  return open.forms
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

/**
 * The form under a name, as it was left. secret: fields of text, at any depth, that are never
 * written to the device, such as a number of an id document or a telephone; a form that is opened
 * again in the same session still has them.
 */
export function useDraft<T extends object>(name: string, empty: T, secret: readonly string[] = []): Draft<T> {
  const none = JSON.stringify(empty)
  const form = reactive(JSON.parse(none) as T) as T
  let key = name
  let stop: () => void = () => undefined

  const now = () => JSON.stringify(form)
  const bare = (of: unknown) => JSON.stringify(of, (field, v: unknown) => (secret.includes(field) ? '' : v))
  const keep = () => {
    const { [key]: _, ...rest } = all()
    const kept = bare(form)
    own.write(slot, JSON.stringify(kept === none ? rest : { ...rest, [key]: JSON.parse(kept) as unknown }))
    if (secret.length) inMemory().set(key, now())
  }
  const forget = () => dropDraft(key)
  const over = (sent?: string) => sent === undefined || sent === now()
  const begin = (about: string) => {
    stop()
    key = about ? `${name}/${about}` : name
    const was = all()[key]
    const whole = secret.length ? inMemory().get(key) : undefined
    Object.assign(form, JSON.parse(none), whole ? JSON.parse(whole) : was && JSON.parse(bare(was)))
    if (was && bare(was) !== JSON.stringify(was)) keep() // an earlier version wrote all of it
    stop = watch(form, keep, { deep: true, flush: 'sync' }) // not a letter is lost when the page goes at once
  }
  begin('')
  return {
    form,
    of: begin,
    now,
    done: (sent) => over(sent) && (stop(), forget(), true),
    clear: (sent) => over(sent) && (Object.assign(form, JSON.parse(none)), forget(), true),
  }
}

/** Forgets a form from outside of its page. */
export function dropDraft(name: string): void {
  inMemory().delete(name)
  const { [name]: _, ...rest } = all()
  own.write(slot, JSON.stringify(rest))
}
