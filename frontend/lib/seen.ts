// What a patient saw last of the own papers, for when there is no network: to be read only, and
// never without the time at which it was seen. It lies where the session does (lib/session): on the
// device for who stays logged in there, else in the tab. It is gone at log-out, when the server
// ends the session, and when somebody else logs in.
import { computed, reactive, ref } from 'vue'
import { SEEN, me, own } from './session'

/** The most that is kept, in answers and in characters; what was seen longest ago goes first. */
const MOST = 60
const ROOM = 400_000

const slot = (url: string) => `${SEEN}${me().person}/${url}`

/** A time in ms, a space, the answer's text. */
function read(key: string): { at: number; text: string } | undefined {
  const kept = own.read(key)
  const end = kept.indexOf(' ')
  const at = Number(kept.slice(0, end))
  return end > 0 && at > 0 ? { at, text: kept.slice(end + 1) } : undefined
}

/** By page and address: answers that a page shows although they are old, and when each was seen. */
const old = reactive(new Map<string, number>())
const shown = ref('')
const mark = (page: string, url: string) => `${page}\n${url}`

/** The time of the oldest one on the page on top; undefined when all there is new. */
export const seenAt = computed(() => {
  const times = [...old].filter(([key]) => key.startsWith(mark(shown.value, ''))).map(([, at]) => at)
  return times.length ? Math.min(...times) : undefined
})

/**
 * A page comes on top. What it showed before stays old until it has been read anew: on a slow
 * network that is long.
 */
export const beginPage = (page: string) => void (shown.value = page)

/** A page is closed. */
export function endPage(page: string): void {
  for (const key of [...old.keys()]) if (key.startsWith(mark(page, ''))) old.delete(key)
}

/** The page on top: to be asked when a reading begins, for it may end on another one. */
export const pageOnTop = () => shown.value

export function keepSeen(url: string, text: string, now: number, page = shown.value): void {
  old.delete(mark(page, url))
  const key = slot(url)
  own.remove(key)
  const others = own.keys(SEEN).map((name) => ({ name, ...read(name) })).sort((a, b) => (b.at ?? 0) - (a.at ?? 0))
  let room = ROOM - text.length
  others.forEach((o, i) => {
    room -= o.text?.length ?? 0
    if (o.at === undefined || i >= MOST - 1 || room < 0) own.remove(o.name)
  })
  if (text.length > ROOM) return
  try {
    own.write(key, `${now} ${text}`)
  } catch {
    // The device is full: without a network it is not there, as if it had not been seen.
  }
}

export const hasSeen = (url: string) => read(slot(url)) !== undefined

/** What was seen there last; the page says from then on that it is old. */
export function lastSeen(url: string, page = shown.value): string | undefined {
  const kept = read(slot(url))
  if (kept) old.set(mark(page, url), kept.at)
  return kept?.text
}

/** The server says that it is not there, or not for this person. */
export function forgetSeen(url: string, page = shown.value): void {
  old.delete(mark(page, url))
  own.remove(slot(url))
}
