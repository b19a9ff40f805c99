// How a medicine is taken, in both languages: the catalogue's own words, read once. Until they are
// here a prescription's Chinese words are shown, never a bare code.
import { reactive } from 'vue'
import { api, type Schema } from './api'
import { isChinese } from './i18n'
import { session } from './session'

interface Named {
  code: string
  name: string
  englishName: string
}

export const terms = reactive({
  frequencies: [] as Schema<'CatalogueFrequency'>[],
  routes: [] as Schema<'CatalogueTerm'>[],
  forms: [] as Schema<'CatalogueTerm'>[],
  units: [] as Schema<'CatalogueUnit'>[],
})

let loading: Promise<void> | undefined

export function loadTerms(): Promise<void> {
  loading ??= api.get('/v1/catalogue/terms').then(
    (got) => {
      terms.frequencies = got.frequencies ?? []
      terms.routes = got.routes ?? []
      terms.forms = got.forms ?? []
      terms.units = got.units ?? []
    },
    (e) => {
      loading = undefined
      throw e
    },
  )
  return loading
}

/** The English word of a term; asks for the words the first time one is needed. */
function english<T extends Named>(list: T[], is: (x: T) => boolean): T | undefined {
  if (isChinese.value) return undefined
  if (session.value) void loadTerms().catch(() => undefined) // nobody else is told; the Chinese word stands meanwhile
  return list.find(is)
}

export const frequencyName = (code: string, zh: string) =>
  english(terms.frequencies, (x) => x.code === code)?.englishName ?? zh
export const routeName = (code: string, zh: string) => english(terms.routes, (x) => x.code === code)?.englishName ?? zh
/** Prescriptions carry a form's name as it was printed. */
export const formName = (zh: string) => english(terms.forms, (x) => x.name === zh)?.englishName ?? zh

const strengthWords: Record<string, string> = {
  吸: 'inhalation',
  喷: 'spray',
  揿: 'actuation',
  丸: ' pills',
  钙: 'Ca ',
  复方: 'compound',
}

/**
 * A strength as it is printed; in English its words, and what Chinese counts in ten thousands:
 * 80万U, 800,000 U.
 */
export function strengthName(zh: string): string {
  if (isChinese.value) return zh
  const counted = zh.replace(/([\d.]+)万U/g, (_, n) => `${(Number(n) * 10_000).toLocaleString('en')} U`)
  return counted.replace(/复方|[吸喷揿丸钙]/g, (word) => strengthWords[word]!)
}

/** A unit's word for so many of it. */
export function unitName(code: string, count: number | string): string {
  const unit = english(terms.units, (x) => x.code === code)
  if (!unit) return code
  return Number(count) === 1 ? unit.englishName : unit.englishPlural
}

/** A number with its unit: 2盒, 2 boxes. */
export const counted = (count: number | string, unit: string) =>
  isChinese.value ? `${count}${unit}` : `${count} ${unitName(unit, count)}`

/** How one line is taken, as the values of a sentence. */
export const usageOf = (i: Schema<'PrescriptionItemView'>) => ({
  dose: counted(i.dose, i.doseUnit),
  frequency: frequencyName(i.frequency, i.frequencyName),
  route: routeName(i.route, i.routeName),
  days: i.days,
})

/** A drug's packing: 28片/盒, 28 tablets/box. */
export const packing = (d: { package: string; pieces: number; unit: string; packageUnit: string }) =>
  isChinese.value ? d.package : `${counted(d.pieces, d.unit)}/${unitName(d.packageUnit, 1)}`

/**
 * Whole doses in a course, as the server counts them: the first on the first day, the others spread
 * evenly, one alone for 立即一次. undefined when nobody can say: as needed, or the words are not here.
 */
export function dosesIn(frequency: string, days: number): number | undefined {
  const f = terms.frequencies.find((x) => x.code === frequency)
  if (!f || f.times <= 0) return undefined
  return frequency === 'st' ? 1 : Math.ceil((days * f.times) / f.perDays)
}
