// In English no drug has a Chinese word left: strength, packing and usual dosage of every row of
// the catalogue, put together as pages do.
import { describe, expect, it, vi } from 'vitest'
import { text } from '../golden'

/** Rows of a table of the catalogue; a field in quotes may hold commas. */
function rows(name: string): Record<string, string>[] {
  const [head, ...lines] = text(`prescription/catalogue/data/${name}.csv`)
    .trim()
    .split('\n')
    .map((l) => [...l.matchAll(/("([^"]*)"|[^,]*)(,|$)/g)].slice(0, -1).map((m) => m[2] ?? m[1]!))
  return lines.map((l) => Object.fromEntries(head!.map((h, i) => [h, l[i] ?? ''])))
}
const named = (name: string) =>
  rows(name).map((r) => ({ code: r.code, name: r.name_zh, englishName: r.name_en, englishPlural: r.plural_en }))
const get = vi.fn(async () => ({
  frequencies: named('frequencies'),
  routes: named('routes'),
  forms: named('forms'),
  units: named('units'),
}))
vi.mock('@/lib/api', () => ({ api: { get } }))

describe('English', () => {
  it('says every drug of the catalogue', async () => {
    const { choose } = await import('@/lib/settings')
    const { t, fetchWords } = await import('@/lib/i18n')
    choose({ language: 'en' })
    await fetchWords('pages/rx/rx')
    const terms = await import('@/lib/terms')
    await terms.loadTerms()
    const drugs = rows('drugs')
    const forms = new Map(rows('forms').map((f) => [f.code, f.name_zh!]))
    expect(drugs.length).toBeGreaterThan(400)
    for (const d of drugs) {
      const usage = t('common.usage', {
        route: terms.routeName(d.route!, d.route!),
        dose: terms.counted(d.dose!, d.dose_unit!),
        frequency: terms.frequencyName(d.frequency!, d.frequency!),
        days: d.days!,
      })
      const packing = terms.packing({
        package: '',
        pieces: Number(d.units_per_package),
        unit: d.unit!,
        packageUnit: d.package_unit!,
      })
      const said = [
        d.name_en,
        terms.strengthName(d.strength!),
        terms.formName(forms.get(d.form!)!),
        packing,
        usage,
      ].join(' | ')
      expect(said, d.code).not.toMatch(/[\u3000-\u9fff\uff00-\uffef]|undefined/)
    }
  })
})
