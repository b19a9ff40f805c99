// Lots of a pharmacy's stock: which leaves first, what a later one says, and what a form may send.
import { expect, it } from 'vitest'
import { changeOf, emptyForm, firstOut, formReady, lotMark, scanGoods, skipped, type Line, type Lot } from '@/lib/stock'
import { t } from '@/lib/i18n'

const now = Date.parse('2026-12-01T04:00:00Z')
const lot = (name: string, expires: string, onHand: number): Lot => ({
  lot: name,
  expires,
  onHand,
  expired: expires < '2026-12-01',
})
const old = lot('OLD', '2026-11-30', 9)
const soon = lot('SOON', '2027-01-31', 2)
const late = lot('LATE', '2028-06-30', 40)
const lots = [old, soon, late]
const pack = (lot: string, expires: string, serial: string) => `]d2010690123456789217${expires}10${lot}\x1d21${serial}`
const ofSoon = (n: number) => pack('SOON', '270131', `S${n}`)
const ofLate = (n: number) => pack('LATE', '280630', `L${n}`)

it('the first lot is the earliest that has not expired and is not scanned away', () => {
  expect(firstOut(lots, [], now)?.lot).toBe('SOON')
  expect(firstOut(lots, [ofSoon(1)], now)).toMatchObject({ lot: 'SOON', onHand: 1 })
  expect(firstOut(lots, [ofSoon(1), ofSoon(2)], now)?.lot).toBe('LATE')
  expect(firstOut([old], [], now)).toBeUndefined()
  // A code without a lot takes nothing away.
  expect(firstOut([late, soon], ['81234567890123456789'], now)?.lot).toBe('SOON')
})

it('a later lot is told while an earlier one is there, and no longer', () => {
  expect(skipped(ofLate(1), lots, [], now)).toMatchObject({ lot: 'SOON', onHand: 2 })
  expect(skipped(ofLate(1), lots, [ofSoon(1), ofSoon(2)], now)).toBeUndefined()
  expect(skipped(ofSoon(1), lots, [], now)).toBeUndefined()
  expect(skipped('81234567890123456789', lots, [], now)).toBeUndefined() // it names no lot
  // Not in the books, but its own date is later.
  expect(skipped(pack('NEW', '290101', '1'), lots, [], now)?.lot).toBe('SOON')
  expect(skipped(pack('NEW', '270101', '1'), lots, [], now)).toBeUndefined()
  expect(skipped(pack('SAME', '270131', '1'), lots, [], now)).toBeUndefined()
})

it('a list marks what is over and what leaves first', () => {
  expect(lots.map((l) => lotMark(lots, l))).toEqual([t('pharmacy.stock.past'), t('pharmacy.stock.soon'), ''])
})

const line = { drug: 'D0001', lots, version: 3, unit: '盒' } as unknown as Line
it('a scan of goods fills in lot and last day; expired goods and another date are refused', () => {
  const form = emptyForm()
  expect(scanGoods(pack('OLD2', '261130', '1'), form, line, now)).toEqual({
    good: false,
    text: t('pharmacy.stock.pastGoods', { date: '2026-11-30' }),
  })
  expect(scanGoods(pack('SOON', '270228', '1'), form, line, now).good).toBe(false)
  expect(scanGoods('81234567890123456789', form, line, now)).toEqual({ good: false, text: t('pharmacy.stock.noLot') })
  expect(form).toEqual(emptyForm())
  expect(scanGoods(pack('N1', '290331', '1'), form, line, now).good).toBe(true)
  expect(form).toMatchObject({ lot: 'N1', expires: '2029-03-31' })
})

it('a form sends what fits: a new lot has its day, a known one keeps its own, a minimum has neither', () => {
  const form = { ...emptyForm(), packages: '7', reason: '送货单 17' }
  expect(formReady(form, line)).toBe(true)
  expect(formReady({ ...form, lot: 'N1' }, line)).toBe(false)
  expect(formReady({ ...form, expires: '2029-03-31' }, line)).toBe(false)
  expect(changeOf({ ...form, lot: ' SOON ', expires: '2030-01-01' }, line)).toEqual({
    kind: 'delivery',
    packages: 7,
    lot: 'SOON',
    expires: undefined,
    reason: '送货单 17',
    version: 3,
  })
  expect(formReady({ ...form, packages: '0' }, line)).toBe(false)
  expect(formReady({ ...form, packages: '0', step: 'correction' }, line)).toBe(true)
  expect(formReady({ ...form, packages: '0', step: 'minimum', reason: '', lot: 'N1' }, line)).toBe(true)
})
