import { expect, test, vi } from 'vitest'

const drug = (code: string, name: string) => ({
  code,
  name,
  englishName: `${name} en`,
  strength: '0.25g',
  package: '24粒',
  pieces: 24,
  unit: '粒',
  packageUnit: '盒',
  insurance: 'A',
  priceFen: 1200,
  usual: { dose: '0.5', doseUnit: 'g', frequency: 'tid', route: 'po', days: 5, packages: 2 },
})
vi.mock('@/lib/catalogue', () => ({
  findDrugs: async (q: string) =>
    [drug('D1', '阿莫西林胶囊'), drug('D2', '布洛芬缓释胶囊')].filter((d) => d.name === q),
  findDiagnoses: async () => [],
}))

import { emptyForm, lineOf } from '@/lib/prescribing'
import { choose } from '@/lib/settings'
import { contentOf, matching, taken, type Template } from '@/lib/templates'

const item = (code: string, name: string, days: number) => ({
  drug: code,
  name,
  dose: '0.5',
  frequency: 'bid',
  route: 'po',
  days,
  packages: 1,
})
const template = (name: string, items: Template['items']): Template => ({
  id: name,
  name,
  items,
  diagnoses: ['J20.9'],
  state: 'own',
  mine: true,
  version: 1,
  changedAt: '2026-12-01T00:00:00Z',
})
const nameOf = () => '急性支气管炎'

test('a template is found by its name and by its medicines', () => {
  const list = [template('感冒', [item('D1', '阿莫西林胶囊', 3)]), template('发热', [item('D2', '布洛芬缓释胶囊', 3)])]
  expect(matching(list, '感').map((x) => x.name)).toEqual(['感冒'])
  expect(matching(list, '布洛芬').map((x) => x.name)).toEqual(['发热'])
  expect(matching(list, '没有')).toEqual([])
})

test('what is typed stays, the rest comes behind it, and what the catalogue no longer has is named', async () => {
  const typed = { ...emptyForm(), lines: [{ ...lineOf(drug('D1', '阿莫西林胶囊') as never), dose: '1' }] }
  const { form, missing } = await taken(
    typed,
    template('感冒', [item('D1', '阿莫西林胶囊', 3), item('D2', '布洛芬缓释胶囊', 6), item('D9', '停产药', 3)]),
    nameOf,
  )
  expect(form.lines.map((l) => [l.drug, l.dose, l.frequency, l.days, l.packages])).toEqual([
    ['D1', '1', 'tid', 5, 2],
    ['D2', '0.5', 'bid', 6, 3],
  ])
  expect(form.diagnoses).toEqual([{ code: 'J20.9', name: '急性支气管炎' }])
  expect(missing).toEqual(['停产药'])
})

test('what finds no room is named', async () => {
  const line = (n: number) => ({ ...lineOf(drug(`X${n}`, `药${n}`) as never) })
  const { form, over } = await taken(
    { ...emptyForm(), lines: [1, 2, 3, 4].map(line) },
    template('感冒', [item('D1', '阿莫西林胶囊', 3), item('D2', '布洛芬缓释胶囊', 3)]),
    nameOf,
  )
  expect(form.lines.map((l) => l.drug)).toEqual(['X1', 'X2', 'X3', 'X4', 'D1'])
  expect(over).toEqual(['布洛芬缓释胶囊'])
})

test('diagnoses that stand there are not replaced, and no patient goes into a template', async () => {
  const typed = { ...emptyForm(), diagnoses: [{ code: 'I10', name: '高血压' }], overrides: { key: '病人张三可耐受' } }
  const { form } = await taken(typed, template('感冒', [item('D2', '布洛芬缓释胶囊', 6)]), nameOf)
  expect(form.diagnoses.map((d) => d.code)).toEqual(['I10'])
  const kept = contentOf('感冒', form)
  expect(JSON.stringify(kept)).not.toContain('张三')
  expect(kept.items).toEqual([{ drug: 'D2', dose: '0.5', frequency: 'bid', route: 'po', days: 6, packages: 3 }])
})

test('in English what is missing and what finds no room has its English name', async () => {
  choose({ language: 'en' })
  const line = (n: number) => ({ ...lineOf(drug(`X${n}`, `药${n}`) as never) })
  const items = [
    { ...item('D9', '停产药', 3), englishName: 'Gone tablets' },
    item('D1', '阿莫西林胶囊', 3),
    item('D2', '布洛芬缓释胶囊', 3),
  ]
  const { missing, over } = await taken(
    { ...emptyForm(), lines: [1, 2, 3, 4].map(line) },
    template('感冒', items),
    nameOf,
  )
  choose({ language: 'zh-Hans' })
  expect(missing).toEqual(['Gone tablets'])
  expect(over).toEqual(['布洛芬缓释胶囊 en'])
})
