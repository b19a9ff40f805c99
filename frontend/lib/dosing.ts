// When to take a medicine: suggested clock times of a frequency, and the moments of a course. A
// doctor writes how often; the times are a suggestion that the person may move. Before or after a
// meal is said only when it is written.
import { DAY } from './days'


/**
 * Suggested times of a day, by the catalogue's code. Intervals run round the clock; the others stay
 * within waking hours.
 */
const TIMES: Record<string, string[]> = {
  qd: ['08:00'],
  qm: ['07:00'],
  qn: ['21:00'],
  bid: ['08:00', '20:00'],
  bid_ac: ['07:30', '17:30'],
  tid: ['08:00', '13:00', '19:00'],
  tid_ac: ['07:30', '11:30', '17:30'],
  qid: ['08:00', '12:00', '17:00', '21:00'],
  '5id': ['07:00', '11:00', '15:00', '19:00', '22:00'],
  q2h: ['00:00', '02:00', '04:00', '06:00', '08:00', '10:00', '12:00', '14:00', '16:00', '18:00', '20:00', '22:00'],
  q4h: ['02:00', '06:00', '10:00', '14:00', '18:00', '22:00'],
  q6h: ['00:00', '06:00', '12:00', '18:00'],
  q8h: ['06:00', '14:00', '22:00'],
  q12h: ['08:00', '20:00'],
  qod: ['08:00'],
  q3d: ['08:00'],
  qw: ['08:00'],
  biw: ['08:00'],
  tiw: ['08:00'],
  q2w: ['08:00'],
}

/**
 * Days of a round on which there is a dose, and its length; every day for those that are not here.
 */
const ROUNDS: Record<string, { days: number[]; of: number }> = {
  qod: { days: [0], of: 2 },
  q3d: { days: [0], of: 3 },
  qw: { days: [0], of: 7 },
  biw: { days: [0, 3], of: 7 },
  tiw: { days: [0, 2, 4], of: 7 },
  q2w: { days: [0], of: 14 },
}

/**
 * Suggested times of a day of doses; none for once, as needed, and what the catalogue has newly.
 */
export const timesOf = (frequency: string): string[] => TIMES[frequency] ?? []

export type Meal = 'before' | 'after' | ''

/** What is written of meals: in the frequency, or in the doctor's words. */
export function mealOf(frequency: string, notes: string): Meal {
  if (frequency.endsWith('_ac') || /[餐饭]前|before (meals|food)/i.test(notes)) return 'before'
  return /[餐饭]后|after (meals|food)/i.test(notes) ? 'after' : ''
}

/** More than any course has: 366 days, twelve times a day. */
const MOST = 5000

/**
 * The doses of a course as clock times without a zone, 'YYYY-MM-DDTHH:MM': so many as the course
 * has, from the first suggested time after `from`, which is such a clock time itself. Empty where
 * timesOf is.
 */
export function doses(frequency: string, count: number, from: string): string[] {
  const times = timesOf(frequency)
  const round = ROUNDS[frequency] ?? { days: [0], of: 1 }
  const list: string[] = []
  if (!times.length) return list
  // a round begins on the day of the first dose, so that nobody waits for days for it
  let first = Date.parse(`${from.slice(0, 10)}T00:00:00Z`)
  if (times.every((t) => `${from.slice(0, 10)}T${t}` <= from)) first += DAY
  for (let n = 0; list.length < Math.min(count, MOST); n++) {
    for (const d of round.days) {
      const date = new Date(first + (n * round.of + d) * DAY).toISOString().slice(0, 10)
      for (const t of times) if (`${date}T${t}` > from && list.length < Math.min(count, MOST)) list.push(`${date}T${t}`)
    }
  }
  return list
}
