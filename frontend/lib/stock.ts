// A pharmacy's stock by lots, as the desk and the phone have it: which lot leaves first, what a
// form may send, and what a scan of goods says.
import type { Schema } from './api'
import { scannedText } from './counter'
import { batchOf } from './gs1'
import { t } from './i18n'
import { counted } from './terms'
import { day } from './time'

export type Line = Schema<'PrescriptionStockView'>
export type Expiring = Schema<'PrescriptionExpiringView'>
export type Movement = Schema<'PrescriptionMovementView'>
export type Lot = Schema<'PrescriptionLotView'>

export const steps = ['delivery', 'correction', 'writeoff', 'return', 'minimum'] as const
export type Step = (typeof steps)[number]
/** Days within which a lot's last day lies. */
export const spans = [30, 90] as const
const MAX_PACKAGES = 1_000_000
export const MIN_REASON = 4

export const nameOfStep = (s: Step) =>
  t(s === 'delivery' || s === 'correction' ? `pharmacy.${s}` : `pharmacy.stock.${s}`)
export const nameOfCount = (s: Step) =>
  t(
    s === 'delivery'
      ? 'pharmacy.arrived'
      : s === 'correction'
        ? 'pharmacy.counted'
        : s === 'minimum'
          ? 'pharmacy.stock.minimumWhy'
          : 'pharmacy.stock.gone',
  )
export const isLow = (l: Line) => l.free < l.minimum
export const signedCount = (n: number) => (n > 0 ? `+${n}` : n === 0 ? '' : String(n))
export const lotLine = (l: Lot, unit: string) =>
  t('pharmacy.stock.lotLine', { lot: l.lot, date: l.expires, count: counted(l.onHand, unit) })
/** What stands beside a lot of a list: it has expired, or is the first to leave. */
export const lotMark = (all: readonly Lot[], l: Lot) =>
  l.expired ? t('pharmacy.stock.past') : l === all.find((x) => !x.expired) ? t('pharmacy.stock.soon') : ''

export interface Form {
  step: Step
  packages: string
  lot: string
  expires: string
  reason: string
}
export const emptyForm = (): Form => ({ step: 'delivery', packages: '', lot: '', expires: '', reason: '' })

export const countOf = (f: Form) => (/^\d{1,7}$/.test(f.packages.trim()) ? Number(f.packages) : NaN)
export const countFits = (f: Form) =>
  countOf(f) <= MAX_PACKAGES && (f.step === 'correction' || f.step === 'minimum' || countOf(f) > 0)
/** The lot that the form names, when the pharmacy has it. */
export const lotNamed = (f: Form, of?: Line) => (of?.lots ?? []).find((l) => l.lot === f.lot.trim())
/** A lot that is not here yet needs its last day, and a last day its lot. */
export const lotFits = (f: Form, of?: Line) =>
  f.step === 'minimum' || (f.lot.trim() ? !!(lotNamed(f, of) || f.expires) : !f.expires)
export const formReady = (f: Form, of?: Line) =>
  countFits(f) && lotFits(f, of) && (f.step === 'minimum' || f.reason.trim().length >= MIN_REASON)
/** Body of a change of the line. */
export const changeOf = (f: Form, of: Line) => ({
  kind: f.step as Exclude<Step, 'minimum'>,
  packages: countOf(f),
  lot: f.lot.trim() || undefined,
  expires: lotNamed(f, of) ? undefined : f.expires || undefined,
  reason: f.reason.trim(),
  version: of.version,
})

/** Puts a scan of goods into the form. good: it was taken; text says what was, or why not. */
export function scanGoods(raw: string, f: Form, of: Line, now: number): { good: boolean; text: string } {
  const batch = batchOf(scannedText(raw), now)
  const no = (text: string) => ({ good: false, text })
  if (f.step === 'delivery' && batch.expires && batch.expires < day(now))
    return no(t('pharmacy.stock.pastGoods', { date: batch.expires }))
  if (!batch.lot) return no(t('pharmacy.stock.noLot'))
  const had = (of.lots ?? []).find((l) => l.lot === batch.lot)
  if (had && batch.expires && had.expires !== batch.expires)
    return no(t('pharmacy.stock.otherDate', { lot: had.lot, date: had.expires }))
  if (batch.expires || f.lot.trim() !== batch.lot) f.expires = batch.expires
  f.lot = batch.lot
  return {
    good: true,
    text: t('pharmacy.stock.scanned', { lot: batch.lot, date: batch.expires || (had?.expires ?? '') }),
  }
}

/**
 * The lot to take next (先到期先出): what has not expired and is not scanned away yet. scanned: codes of
 * packages of the same medicine.
 */
export function firstOut(lots: readonly Lot[], scanned: readonly string[], now: number): Lot | undefined {
  const gone = scanned.map((c) => batchOf(c, now).lot)
  const left = lots
    .filter((l) => !l.expired)
    .map((l) => ({ ...l, onHand: l.onHand - gone.filter((x) => x === l.lot).length }))
  return left.filter((l) => l.onHand > 0).sort((a, b) => (a.expires + a.lot < b.expires + b.lot ? -1 : 1))[0]
}

/**
 * The earlier lot that is still here when a package of a later one was scanned; before: the codes
 * scanned before it. A code without a lot says nothing.
 */
export function skipped(code: string, lots: readonly Lot[], before: readonly string[], now: number): Lot | undefined {
  const { lot, expires } = batchOf(code, now)
  const until = lots.find((l) => l.lot === lot)?.expires ?? expires
  const first = firstOut(lots, before, now)
  return lot && until && first && first.lot !== lot && first.expires < until ? first : undefined
}
