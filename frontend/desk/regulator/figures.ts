// Figures in words, and what may be computed from them. A number of 1 to 10 persons is told to
// nobody, nor one by which it could be told.
import type { Schema } from '@/lib/api'
import { DAY } from '@/lib/days'
import { t } from '@/lib/i18n'
import { day } from '@/lib/time'
import { kindWords } from '@/pkg-regulator/lib/words'

export type Figures = Schema<'OversightFigures'>
export type Series = Schema<'OversightSeries'>
export type Sum = Schema<'OversightSum'>
export type Unit = 'day' | 'month'

const DAYS = 31
const MONTHS = 12

/** The range that is looked at: so many days or months up to today. */
export function range(unit: Unit, now: number): { from: string; to: string } {
  const to = day(now)
  if (unit === 'day') return { from: day(now - (DAYS - 1) * DAY), to }
  const [year, month] = to.split('-').map(Number) as [number, number, number]
  const first = new Date(Date.UTC(year, month - MONTHS, 1))
  return { from: first.toISOString().slice(0, 10), to }
}

/** '120', '<11', '120+' when something is left out of it, '—' when all of it is. */
export const sumWords = (s: Sum) => (s.few ? '<11' : !s.hidden ? String(s.n) : s.n ? `${s.n}+` : '—')

/** Why it is no plain number; empty when it is one. */
export const sumNote = (s: Sum) =>
  s.few ? t('desk.watch.fewWhat') : s.hidden ? t('desk.watch.hiddenWhat', { count: s.hidden }) : ''

export const seriesOf = (f: Figures | undefined, kind: string) => f?.series?.find((s) => s.kind === kind)

/**
 * The share of one kind among two, in tenths of a percent; undefined when nothing is there or
 * something is left out.
 */
export function share(one: Sum | undefined, other: Sum | undefined): number | undefined {
  if (!one || !other || one.hidden || other.hidden || one.n + other.n === 0) return undefined
  return Math.round((1000 * one.n) / (one.n + other.n))
}

/** The mean of several means, each by what it is the mean of. */
export function meanTook(sums: (Sum | undefined)[]): number | undefined {
  let [took, n] = [0, 0]
  for (const s of sums) if (s?.tookMs !== undefined && s.n) [took, n] = [took + s.tookMs * s.n, n + s.n]
  return n ? took / n : undefined
}

/** As a table: every kind by period, then by organisation. */
export function table(f: Figures, orgName: (id: string) => string): string[][] {
  const series = f.series ?? []
  const orgs = [...new Set(series.flatMap((s) => (s.orgs ?? []).map((o) => o.org)))].sort()
  const nothing: Sum = { n: 0, hidden: 0, few: false }
  return [
    ['', ...series.map((s) => kindWords(s.kind))],
    ...(f.periods ?? []).map((p, i) => [p, ...series.map((s) => sumWords(s.periods?.[i] ?? nothing))]),
    [t('desk.watch.total'), ...series.map((s) => sumWords(s.total))],
    ...orgs.map((o) => [orgName(o), ...series.map((s) => sumWords(s.orgs?.find((x) => x.org === o)?.sum ?? nothing))]),
  ]
}
