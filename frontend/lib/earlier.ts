// What a doctor did before for the patient of a visit: the own visits that ended, and their
// prescriptions with their lines.
import { api, type Schema } from './api'
import { findDrugs } from './catalogue'
import { DAY } from './days'
import { pick } from './i18n'
import { edited, formOf, lineOf, type Form, type Line } from './prescribing'

type Visit = Schema<'ConsultView'>
type Rx = Schema<'PrescriptionView'>

export interface Earlier {
  /** Newest first. */
  visits: Visit[]
  /** Of these visits and of this one, newest first; drafts are none. */
  prescriptions: Rx[]
  /** There are visits before these. */
  more: boolean
}

const PAGE = 8
const MOST_PRESCRIPTIONS = 12
/** The first so many pages of the patient's visits to this doctor. */
export async function readEarlier(of: Visit, pages = 1): Promise<Earlier> {
  const visits: Visit[] = []
  let before: string | undefined
  for (let page = 0; page < pages; page++) {
    const got = await api.get('/v1/consultations', {
      query: { person: of.patient, before, limit: PAGE, state: ['finished'] },
    })
    visits.push(...(got.consultations ?? []).filter((c) => c.id !== of.id))
    before = got.next || undefined
    if (!before) break
  }
  const lists = await Promise.all([of, ...visits].map((c) => api.get('/v1/prescriptions', { query: { visit: c.id } })))
  const signed = lists.flatMap((l) => l.items ?? []).filter((rx) => rx.status !== 'draft')
  signed.sort((a, b) => Date.parse(b.draftedAt) - Date.parse(a.draftedAt))
  const prescriptions = await Promise.all(
    signed
      .slice(0, MOST_PRESCRIPTIONS * pages)
      .map(({ id }) => api.get('/v1/prescriptions/{id}', { path: { id } })),
  )
  return { visits, prescriptions, more: before !== undefined }
}

/** Medicines handed out whose days are not over, with the time in ms at which they are. */
export function running(list: Rx[], now: number): { item: Schema<'PrescriptionItemView'>; ends: number }[] {
  return list.flatMap(({ content }) => {
    const from = content?.dispensing ? Date.parse(content.dispensing.at) : NaN
    return (content?.items ?? []).map((item) => ({ item, ends: from + item.days * DAY })).filter((x) => x.ends > now)
  })
}

/**
 * A prescription written again (续方): its lines as they were taken, with what the catalogue says now
 * of packing and price. What the catalogue no longer has is left out and named. The patient's
 * consent and the reasons for warnings are asked for anew.
 */
export async function renewed(before: Schema<'PrescriptionDetails'>): Promise<{ form: Form; missing: string[] }> {
  const old = formOf(before)
  const { lines, missing } = await again(old.lines)
  return { form: { ...old, lines, longTerm: { ...old.longTerm, patientAgreed: false }, overrides: {} }, missing }
}

/**
 * Lines that were written before, with what the catalogue says now, and the names of those it no
 * longer has.
 */
export async function again(
  old: (Pick<Line, 'drug' | 'name' | 'dose' | 'frequency' | 'route' | 'days' | 'notes'> & { nameEn?: string })[],
): Promise<{ lines: Line[]; missing: string[] }> {
  const found = await Promise.all(old.map((l) => findDrugs(l.name)))
  const lines = old.flatMap((l, n) => {
    const d = found[n]!.find((x) => x.code === l.drug)
    const { dose, frequency, route, days, notes } = l
    return d ? [{ ...edited(lineOf(d), { dose, frequency, days }), route, notes }] : []
  })
  return {
    lines,
    missing: old.filter((l) => !lines.some((x) => x.drug === l.drug)).map((l) => pick(l.name, l.nameEn ?? '')),
  }
}
