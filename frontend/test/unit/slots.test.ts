import { describe, expect, it } from 'vitest'
import { appointmentWords, BEGINS, ENDS, sessionWords, weekday } from '@/lib/slots'

// 2026-11-22 is a Sunday; 17:00 UTC is one o'clock on Monday in China.
const sunday = Date.parse('2026-11-22T02:00:00Z')
const session = (start: string, end: string) => ({ start, end })

it('a session ends at 24:00 at the latest, and begins before it', () => {
  expect([ENDS[0], ENDS[ENDS.length - 1], BEGINS[0], BEGINS[BEGINS.length - 1]]).toEqual([
    '00:30',
    '24:00',
    '00:00',
    '23:30',
  ])
})

// The joiner is not seen: elder letters made a line break at the dash.
describe('sessions in words', () => {
  it.each([
    ['2026-11-22T10:00:00+08:00', 7],
    ['2026-11-22T17:00:00Z', 1],
    ['2026-11-28T23:59:00+08:00', 6],
  ])('%s is weekday %i in China', (at, n) => expect(weekday(at)).toBe(n))

  it.each([
    ['2026-11-22T18:00:00+08:00', '2026-11-22T20:00:00+08:00', '今天 18:00\u2060–\u206020:00'],
    ['2026-11-22T17:00:00Z', '2026-11-22T18:30:00Z', '明天 01:00\u2060–\u206002:30'],
    ['2026-11-22T20:00:00+08:00', '2026-11-23T00:00:00+08:00', '今天 20:00\u2060–\u206024:00'],
    ['2026-11-24T09:00:00+08:00', '2026-11-24T12:00:00+08:00', '11月24日 周二 09:00\u2060–\u206012:00'],
  ])('%s', (start, end, words) => expect(sessionWords(session(start, end), sunday)).toBe(words))

  it('name the number', () =>
    expect(
      appointmentWords({ ...session('2026-11-22T18:00:00+08:00', '2026-11-22T20:00:00+08:00'), number: 3 }, sunday),
    ).toBe('今天 18:00\u2060–\u206020:00 · 3 号'))
})
