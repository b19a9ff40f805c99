// Sessions and appointments in words, China time.
import type { Schema } from './api'
import { DAY } from './days'
import { t, tMaybe } from './i18n'
import { clock, date, day, range } from './time'

/** 1 Monday to 7 Sunday, of a day in China. */
export function weekday(at: string): number {
  return ((new Date(`${day(at)}T00:00:00Z`).getUTCDay() + 6) % 7) + 1
}

export const weekdayName = (n: number) => tMaybe(`common.weekday.${n}`, String(n))

const two = (n: number) => String(n).padStart(2, '0')
const halfHours = Array.from({ length: 49 }, (_, i) => `${two(Math.floor(i / 2))}:${two((i % 2) * 30)}`)

/** The times a session of a doctor's week may begin at. */
export const BEGINS = halfHours.slice(0, -1)

/** Those it may end at: 24:00 is the end of the day. */
export const ENDS = halfHours.slice(1)

/** '今天 09:00–12:00', '11月23日 周一 09:00–12:00' */
export function sessionWords(s: { start: string; end: string }, now: number): string {
  const on = day(s.start)
  const when =
    on === day(now)
      ? t('common.today')
      : on === day(now + DAY)
        ? t('common.tomorrow')
        : `${date(s.start)} ${weekdayName(weekday(s.start))}`
  const end = clock(s.end)
  return `${when} ${range(clock(s.start), end === '00:00' ? '24:00' : end)}`
}

/** An appointment with the patient's number in it. */
export const appointmentWords = (a: Schema<'ConsultAppointment'>, now: number) =>
  t('common.appointment', { when: sessionWords(a, now), number: a.number })

/** Why a visit was cancelled: what the system did in words, or what the doctor wrote. */
export const whyCancelled = (reason: string | undefined) =>
  reason ? tMaybe(`chat.why.${reason}`, t('chat.why', { reason })) : ''
