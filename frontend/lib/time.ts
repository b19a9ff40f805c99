// Dates as people in the ward read them: China time, whatever the device's zone, because
// prescriptions end by it.

import { AHEAD, DAY } from './days'
import { isChinese } from './i18n'

const MINUTE = 60_000
const HOUR = 60 * MINUTE

const two = (n: number) => String(n).padStart(2, '0')

function china(at: number | string): Date {
  const ms = typeof at === 'number' ? at : Date.parse(at)
  if (Number.isNaN(ms)) throw new RangeError('time: not a time')
  return new Date(ms + AHEAD)
}

/** '2026-11-01' */
export function day(at: number | string): string {
  const d = china(at)
  return `${d.getUTCFullYear()}-${two(d.getUTCMonth() + 1)}-${two(d.getUTCDate())}`
}

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

/** '12月2日', '2 Dec' in English: digits alone are read as another day by half of its readers. */
export function date(at: number | string, chinese = isChinese.value): string {
  const d = china(at)
  const [month, of] = [d.getUTCMonth() + 1, d.getUTCDate()]
  return chinese ? `${month}月${of}日` : `${of} ${MONTHS[month - 1]}`
}

/** '08:05' */
export function clock(at: number | string): string {
  const d = china(at)
  return `${two(d.getUTCHours())}:${two(d.getUTCMinutes())}`
}

/** '2026-11-01 08:05' */
export const moment = (at: number | string) => `${day(at)} ${clock(at)}`

/**
 * For lists: the clock today, else month and day as they are said, and the whole date of another
 * year.
 */
export function brief(at: number | string, now: number): string {
  if (day(at) === day(now)) return clock(at)
  return day(at).slice(0, 4) === day(now).slice(0, 4) ? date(at) : day(at)
}

/**
 * The end of a term, as it is said: '12月2日 24:00' of the midnight after it, '2 Dec 24:00' in
 * English. The year stays away, for no term here is longer than one.
 */
export function before(at: number | string, chinese = isChinese.value): string {
  const ends = clock(at) === '00:00'
  return `${date(ends ? china(at).getTime() - AHEAD - MINUTE : at, chinese)} ${ends ? '24:00' : clock(at)}`
}

/** What joins two parts of a range: no line breaks at the dash, however large the letters are. */
const TO = '\u2060–\u2060'

/** '09:00–12:00', or two days: one word, which no line breaks. */
export const range = (from: string, to: string) => `${from}${TO}${to}`

export interface Left {
  unit: 'minutes' | 'hours' | 'days'
  count: number
}

/** How long until a time, in the largest unit of which there is one; undefined when it is over. */
export function left(until: number | string, now: number): Left | undefined {
  const ms = china(until).getTime() - AHEAD - now
  if (ms <= 0) return undefined
  if (ms >= DAY) return { unit: 'days', count: Math.floor(ms / DAY) }
  if (ms >= HOUR) return { unit: 'hours', count: Math.floor(ms / HOUR) }
  return { unit: 'minutes', count: Math.max(1, Math.floor(ms / MINUTE)) }
}
