// Every frequency of the catalogue has times, or a reason to have none; the reminders are a
// calendar that RFC 5545 allows.
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { doses, mealOf, timesOf } from '@/lib/dosing'
import { calendar, courseId } from '@/lib/ical'

const rows = readFileSync('../prescription/catalogue/data/frequencies.csv', 'utf8')
  .trim()
  .split('\n')
  .slice(1)
  .map((l) => l.split(','))
const frequencies = rows.map((r) => ({ code: r[0]!, times: Number(r[r.length - 2]), perDays: Number(r[r.length - 1]) }))

describe('times of a day', () => {
  it.each(frequencies)('$code has as many as it says', ({ code, times, perDays }) => {
    const list = timesOf(code)
    if (code === 'st' || code === 'prn') return expect(list).toEqual([]) // now, or when needed: no clock tells
    expect(list).toHaveLength(perDays === 1 ? times : 1)
    expect([...list].sort()).toEqual(list)
    for (const t of list) expect(t).toMatch(/^([01]\d|2[0-3]):[0-5]\d$/)
    const every = /^q(\d+)h$/.exec(code)
    if (every) {
      const hours = list.map((t) => Number(t.slice(0, 2)))
      hours.forEach((h, i) => expect((hours[(i + 1) % hours.length]! - h + 24) % 24).toBe(Number(every[1]) % 24))
    }
  })
  it.each(frequencies.filter((f) => f.code !== 'st' && f.code !== 'prn'))(
    '$code: a course of 28 days has its doses',
    ({ code, times, perDays }) => {
      const count = Math.ceil((28 * times) / perDays)
      const list = doses(code, count, '2026-12-01T10:15')
      expect(list).toHaveLength(count)
      expect(new Set(list).size).toBe(count)
      expect([...list].sort()).toEqual(list)
      expect(list[0]! > '2026-12-01T10:15' && list[0]! < '2026-12-02T10:15').toBe(true)
      const span = (Date.parse(`${list[list.length - 1]}Z`) - Date.parse(`${list[0]}Z`)) / 86_400_000
      expect(span).toBeLessThanOrEqual(28)
      expect(span).toBeGreaterThan(13)
    },
  )
  it('goes over the end of a month and a leap day', () => {
    expect(doses('qod', 3, '2028-02-27T09:00')).toEqual(['2028-02-28T08:00', '2028-03-01T08:00', '2028-03-03T08:00'])
    expect(doses('tid', 4, '2026-12-31T13:00')).toEqual([
      '2026-12-31T19:00',
      '2027-01-01T08:00',
      '2027-01-01T13:00',
      '2027-01-01T19:00',
    ])
    expect([
      doses('prn', 5, '2026-12-01T10:00'),
      doses('new', 5, '2026-12-01T10:00'),
      doses('qd', 0, '2026-12-01T10:00'),
    ]).toEqual([[], [], []])
  })
  it('says of meals what is written, and nothing else', () => {
    expect([
      mealOf('tid_ac', ''),
      mealOf('bid', '饭后服用'),
      mealOf('bid', '餐前半小时'),
      mealOf('bid', 'after food'),
      mealOf('tid', ''),
      mealOf('qd', '多饮水'),
    ]).toEqual(['before', 'after', 'before', 'after', '', ''])
  })
})

describe('calendar', () => {
  const text = calendar(
    '用药提醒',
    'ab12',
    [
      {
        at: '2026-12-01T08:00',
        title: '服药：阿莫西林胶囊, 一种名字很长很长很长很长很长很长很长的药; 0.5g',
        text: '口服\n\\ 多饮水',
      },
    ],
    new Date('2026-11-30T23:59:58.123Z'),
  )
  it('has the lines that RFC 5545 asks for', () => {
    const lines = text.replace(/\r\n /g, '').split('\r\n')
    expect(text.endsWith('END:VCALENDAR\r\n')).toBe(true)
    expect(lines).toEqual(
      expect.arrayContaining([
        'VERSION:2.0', 'UID:ab12-20261201T0800@smart-hospital.invalid', 'DTSTAMP:20261130T235958Z',
        'DTSTART:20261201T080000', 'ACTION:DISPLAY', 'TRIGGER:PT0S', 'DESCRIPTION:口服\\n\\\\ 多饮水',
      ]),
    )
    expect(lines).toContain('SUMMARY:服药：阿莫西林胶囊\\, 一种名字很长很长很长很长很长很长很长的药\\; 0.5g')
    for (const part of ['VCALENDAR', 'VEVENT', 'VALARM'])
      expect(lines.filter((l) => l === `BEGIN:${part}`).length).toBe(lines.filter((l) => l === `END:${part}`).length)
  })
  it('has no line over 75 octets, no bare line end, and no cut character', () => {
    for (const l of text.split('\r\n')) {
      expect(new TextEncoder().encode(l).length).toBeLessThanOrEqual(75)
      expect(l).not.toMatch(/[\r\n\ufffd]/)
    }
    expect(text.split('\r\n ').length).toBeGreaterThan(1)
  })
  it('names a course without its prescription', () => {
    expect(courseId('RX20261201123456789012')).toMatch(/^[0-9a-f]{8}$/)
    expect(courseId('RX1')).not.toBe(courseId('RX2'))
  })
})
