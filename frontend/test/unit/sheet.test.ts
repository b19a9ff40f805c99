// Nobody signs what was not on the screen: every field of every schema's document is on its sheet
// or in the sheet's fold, in the reader's language.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { canonical, type JSONValue } from '@/lib/canonical'
import { fetchWords, t } from '@/lib/i18n'
import { money } from '@/lib/money'
import { choose } from '@/lib/settings'
import { sheetOf, type Doc } from '@/lib/sheet'
import type { Views } from '@/lib/sheet-parts'
import { before, moment } from '@/lib/time'
import { files, text } from '../golden'

const documents = JSON.parse(text('prescription/document/testdata/documents.json')) as Doc[]
/** payment/order.go: the patient's authorisation, with every field filled. */
const authorisation: Doc = {
  title: '医保移动支付授权 Authorisation of a medical-insurance payment',
  settlement: 'ST1',
  prescription: 'RX1',
  card: '文字card',
  insutype: '310',
  policy: '文字policy',
  unit: 'fen',
  fees: [{ code: '文字code', name: '文字fee', class: '乙', price: 1101, quantity: 3, amount: 3303 }],
  split: {
    total: 9001,
    ownPay: 9002,
    preSelfPay: 9003,
    inScope: 9004,
    deductible: 9005,
    pooled: 9006,
    fund: 9007,
    account: 9008,
    cash: 9009,
    hospital: 9010,
    person: 9011,
    otherFunds: 'hifmi_pay=9012 maf_pay=9013',
  },
  at: '2026-11-30T08:05:00+08:00',
}
/** What a machine reads: it stands in the signed text, which the fold shows whole. */
const machine =
  /^(title|unit)$|(findings|seen|new)\[\d+\]\.(key|rule|version|field)$|open\[\d+\]\.rule$|(frequency|route)\.code$|^items\[\d+\]\.item$/
/** Of two languages the other one. */
const other = { 'zh-Hans': /\.(en|nameEn)$/, en: /\.zh$|items\[\d+\]\.name$/ }

interface Leaf {
  path: string
  name: string
  value: JSONValue
}
const leaves = (v: JSONValue, path = '', name = ''): Leaf[] =>
  v !== null && typeof v === 'object'
    ? Object.entries(v).flatMap(([k, x]) =>
        leaves(x, Array.isArray(v) ? `${path}[${k}]` : path ? `${path}.${k}` : k, Array.isArray(v) ? name : k),
      )
    : [{ path, name, value: v }]

/** How a value may be said. */
function saidAs({ name, value }: Leaf): string[] {
  if (name === 'notChecked') return [t('document.notChecked')]
  if (name === 'age' && typeof value === 'number') return ['48岁', t('common.age.years', { years: Number(value) })]
  if (typeof value === 'boolean') return [value ? t('document.yes') : t('document.no'), '✓']
  if (typeof value === 'number') return [money(value), String(value), String(value / 1000)]
  const s = String(value)
  const known = [t(`document.${name}=${s}` as 'document.name'), s]
  if (name === 'otherFunds') return s.split(' ').map((x) => money(Number(x.split('=')[1])))
  if (name === 'schema')
    return [
      t('document.version.of', {
        name: t(`document.schema=${s.split('/')[0]}` as 'document.name'),
        version: s.split('/')[1]!,
      }),
    ]
  if (/time|issued|until|validUntil|\bat$/.test(name) && !Number.isNaN(Date.parse(s))) known.push(moment(s), before(s))
  if (name === 'ageText') known.push(t('common.age.years', { years: '' }).trim()) // in English the years are said
  return known
}

/** All that can be read on the sheet, folds opened, but the signed text. */
function readable(doc: Doc): string {
  const { title, house, blocks, record } = sheetOf(doc)
  return [title, house, ...leaves([blocks, record] as unknown as JSONValue).map((l) => String(l.value))].join('\n')
}

const all: [string, Doc][] = [
  ...documents.map((d): [string, Doc] => [String(d.schema), d]),
  ['the authorisation of a payment', authorisation],
]

for (const language of ['zh-Hans', 'en'] as const) {
  describe(`the sheet in ${language}`, () => {
    beforeAll(async () => {
      choose({ language })
      await fetchWords('pages/home/home')
    })
    afterAll(() => choose({ language: 'zh-Hans' }))

    it.each(all)('of %s says every field', (_, doc) => {
      const shown = readable(doc)
      for (const leaf of leaves(doc)) {
        if (machine.test(leaf.path)) continue
        // A dispensed item has one name alone, which is shown in both languages.
        if (other[language].test(leaf.path) && !('checklist' in doc && leaf.path.startsWith('items'))) continue
        const ways = saidAs(leaf)
        expect(ways.some((w) => shown.includes(w)), `${leaf.path} as ${ways.join(' or ')}`).toBe(true)
      }
    })

    it.each(all)('of %s names nothing by its place in the machine', (_, doc) => {
      const { title, blocks, record } = sheetOf(doc)
      const labels = leaves([blocks, record] as unknown as JSONValue)
        .filter((l) => ['label', 'title', 'grade', 'role', 'points'].includes(l.name))
        .map((l) => String(l.value))
      expect(title).not.toContain('hospital.')
      const shown = readable(doc)
      expect(shown.match(/.*(items\[|clinical\.|undefined|document\.).*/g)).toBe(null)
      for (const label of labels) {
        if (language === 'zh-Hans') expect(label.replace(/文字\w*|mg/g, ''), label).not.toMatch(/[A-Za-z]{3}/)
        else expect(label.replace(/文字\w*/g, ''), label).not.toMatch(/[\u4e00-\u9fff]/)
      }
      if (language === 'zh-Hans') expect(shown).not.toMatch(/in English|English name/)
    })

    it.each(all)('of %s ends with the very text that is signed', (_, doc) =>
      expect(sheetOf(doc).text).toBe(canonical(doc)),
    )
  })
}

describe('a sheet', () => {
  const issue = documents.find((d) => String(d.schema).startsWith('hospital.rx.issue'))!

  it('has a view for every document that the server knows', () => {
    const schemas = new Set(
      [...text('prescription/document/document.go').matchAll(/"(hospital\.rx\.\w+)\/\d+"/g)].map((m) => m[1]!),
    )
    expect(schemas.size).toBeGreaterThan(10)
    expect([...new Set(documents.map((d) => String(d.schema).split('/')[0]!))].sort()).toEqual([...schemas].sort())
    for (const d of documents)
      expect(sheetOf({ ...d, surprise: 'x' }).blocks.length, String(d.schema)).toBeGreaterThan(1)
  })

  // A room whose document has no title would be signed under the machine's name of it.
  it('has a title for every document that any room signs', () => {
    const sources = ['app', 'payment', 'prescription'].flatMap((room) =>
      files(room, /(?<!_test)\.go$/, true).map((f) => text(`${room}/${f}`)),
    )
    const schemas = new Set(
      sources.flatMap((source) => [...source.matchAll(/"(hospital(?:\.[a-z]+)+)\/\d+"/g)].map((m) => m[1]!)),
    )
    expect(schemas.size).toBeGreaterThan(10)
    const words = ['zh-Hans', 'en'].map(
      (language) => JSON.parse(text(`frontend/src/words/document.${language}.json`)) as Record<string, string>,
    )
    for (const schema of schemas) for (const of of words) expect(of[`schema=${schema}`], schema).toBeTruthy()
  })

  // A room's file that sheet.ts does not name, or that says another room's schema again, would
  // never be asked.
  it('asks every room for its views, and one room for each', async () => {
    const rooms = files('frontend/lib', /^sheet-(?!parts).*\.ts$/)
    expect(rooms.length).toBeGreaterThan(1)
    const said = await Promise.all(
      rooms.map(async (file) =>
        Object.values((await import(`../../lib/${file.slice(0, -3)}.ts`)) as Record<string, Views>),
      ),
    )
    const all = said.flat().flatMap((views) => Object.keys(views))
    expect(new Set(all).size).toBe(all.length)
    // what a view leaves over stands under a title, and the whole of a document without a view
    // under none
    for (const schema of all)
      expect(
        JSON.stringify(
          sheetOf({ ...(schema ? { schema: `${schema}/1` } : { split: { total: 1 } }), surprise: 'x' }).blocks,
        ),
        schema,
      ).toContain(t('document.other'))
    expect(JSON.stringify(sheetOf({ schema: 'hospital.new/1', surprise: 'x' }).blocks)).not.toContain(
      t('document.other'),
    )
  })

  it('is short: five medicines are five lines', () => {
    const items = (issue.items as Doc[]).slice(0, 1)
    const five = sheetOf({ ...issue, findings: [], items: Array.from({ length: 5 }, () => items[0]!) })
    const rx = five.blocks.find((b) => b.is === 'rx')
    expect(rx?.is === 'rx' && rx.lines.length).toBe(5)
    expect(five.blocks.reduce((n, b) => n + (b.is === 'facts' ? b.rows.length : 1), 0)).toBeLessThan(20)
  })

  it('shows on its face what it does not know', () => {
    const { blocks } = sheetOf({ ...issue, somethingNew: { deep: 'seen' } })
    expect(JSON.stringify(blocks)).toContain('seen')
    expect(blocks[blocks.length - 1]!.is).toBe('seal')
  })

  // A view read them and drew nothing: they were neither on the paper nor in the fold.
  it('shows a value of another type than its view reads', () => {
    const face = (doc: Doc) => JSON.stringify(sheetOf(doc).blocks)
    expect(face({ ...issue, totalFen: '壹佰元' })).toContain('壹佰元')
    expect(face({ ...issue, department: 7 })).toContain('7')
    const review = documents.find((d) => String(d.schema).startsWith('hospital.rx.review'))!
    expect(face({ ...review, reasons: [true] })).toContain(t('document.yes'))
    const dispense = documents.find((d) => String(d.schema).startsWith('hospital.rx.dispense'))!
    expect(face({ ...dispense, checklist: { ...(dispense.checklist as Doc), age: '未核对' } })).toContain('未核对')
  })

  it('of an unknown schema shows everything', () => {
    const { title, blocks } = sheetOf({ schema: 'hospital.new/1', person: 'u1', words: ['甲', '乙'] })
    expect(title).toBe('hospital.new')
    for (const value of ['u1', '甲', '乙']) expect(JSON.stringify(blocks)).toContain(value)
  })

  it('of a review lets the reviewer see patient and medicines', () => {
    const shown = JSON.stringify(
      sheetOf(documents.find((d) => String(d.schema).startsWith('hospital.rx.review'))!).blocks,
    )
    for (const value of ['文字aboutpatientname', '文字aboutitems0name', '文字aboutitems1notes', '文字aboutdoctorname'])
      expect(shown).toContain(value)
  })

  it('of an older form reads as it did', () => {
    const old = sheetOf({
      schema: 'hospital.rx.review/1',
      prescription: 'RX1',
      seq: 2,
      decision: 'approved',
      reasons: [],
      seen: [],
      name: '周',
      orgName: '医院',
      time: '2026-11-30T08:05:00.000+08:00',
    })
    expect(old.blocks.map((b) => b.is)).toEqual(['verdict', 'seal'])
  })
})
