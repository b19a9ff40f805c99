import { beforeEach, describe, expect, it } from 'vitest'
import { terms } from '@/lib/terms'
import {
  bodyOf,
  doses,
  emptyForm,
  keepForm,
  keptForm,
  lineOf,
  packagesFor,
  total,
  type Drug,
  type Finding,
} from '@/lib/prescribing'

const drug = (part: Partial<Drug>): Drug => ({
  code: 'D0135',
  name: '苯磺酸氨氯地平片',
  englishName: 'Amlodipine',
  pinyin: 'BHSALDPP',
  form: '片剂',
  strength: '5mg',
  package: '28片/盒',
  pieces: 28,
  unit: '片',
  packageUnit: '盒',
  insurance: 'A',
  priceFen: 760,
  class: 'rx',
  control: 'none',
  antibiotic: 'none',
  usual: { dose: '5', doseUnit: 'mg', frequency: 'qd', route: 'po', days: 7, packages: 1 },
  ...part,
})
const line = (part: object = {}) => ({ ...lineOf(drug({})), ...part })

// As the catalogue has them.
beforeEach(() => {
  terms.frequencies = [
    ['qd', 1, 1],
    ['bid', 2, 1],
    ['qod', 1, 2],
    ['qw', 1, 7],
    ['tiw', 3, 7],
    ['st', 1, 1],
    ['prn', 0, 1],
  ].map(
    ([code, times, perDays]) =>
      ({ code, name: '', englishName: '', times, perDays }) as (typeof terms.frequencies)[number],
  )
})

describe('packagesFor', () => {
  it.each([
    ['one box covers four weeks', {}, 1],
    ['the 29th tablet needs a second box', { days: 29 }, 2],
    ['twice a day', { days: 28, frequency: 'bid' }, 2],
    ['double dose', { days: 28, dose: '10' }, 2],
    ['half a tablet still takes one', { days: 28, dose: '2.5' }, 1],
    ['once a week', { days: 84, frequency: 'qw' }, 1],
    ['every other day for a week is four whole doses', { days: 7, frequency: 'qod', pieces: 1 }, 4],
    ['weekly for four weeks is four', { days: 28, frequency: 'qw', pieces: 1 }, 4],
    ['a day more is a dose more', { days: 29, frequency: 'qw', pieces: 1 }, 5],
    ['three a week for four weeks', { days: 28, frequency: 'tiw', pieces: 1 }, 12],
    ['once is once', { days: 7, frequency: 'st', pieces: 1 }, 1],
    ['unreadable strength: in proportion to the usual', { strength: '80mg:5mg', days: 21 }, 3],
    ['as needed: in proportion to the usual', { frequency: 'prn', days: 14 }, 2],
    ['never more than the form takes', { strength: '1g:1g', days: 84, usualDays: 1, usualPackages: 9 }, 99],
  ])('%s', (_, part, packages) => expect(packagesFor(line(part))).toBe(packages))
})

describe('doses', () => {
  it('offers parts and multiples of the usual dose without rounding noise', () =>
    expect(doses(line({ usualDose: '0.1', dose: '0.1' }))).toEqual([
      '0.025', '0.05', '0.1', '0.15', '0.2', '0.3', '0.4',
    ]))
  it('keeps an unusual dose that was chosen', () => expect(doses(line({ dose: '7' }))).toContain('7'))
})

describe('the body sent', () => {
  const finding = (key: string, severity: Finding['severity']): Finding => ({
    key,
    severity,
    rule: 'r',
    version: 1,
    zh: '',
    en: '',
    field: '',
    source: '',
    notChecked: false,
  })

  it('has the reasons of findings that need one, and no stale ones', () => {
    const form = { ...emptyForm(), lines: [line()], overrides: { a: ' 获益大于风险 ', b: '  ', gone: 'x', i: 'x' } }
    expect(bodyOf(form, [finding('a', 'critical'), finding('b', 'warning'), finding('i', 'info')]).overrides).toEqual([
      { key: 'a', reason: '获益大于风险' },
    ])
  })
  it.each([
    [7, undefined],
    [8, ['reason']],
    [29, ['assessment', 'patientAgreed', 'reason']],
  ])('for %i days', (days, members) => {
    const { longTerm } = bodyOf({ ...emptyForm(), lines: [line({ days })] })
    expect(longTerm && Object.keys(longTerm).sort()).toEqual(members)
  })
  it('sums whole fen', () => expect(total([line({ packages: 3 }), line({ priceFen: 1 })])).toBe(2281))
})

describe('what was typed', () => {
  beforeEach(() => keepForm('v1', undefined))
  it('is kept by visit until it is saved', () => {
    keepForm('v1', { ...emptyForm(), lines: [line()] })
    expect(keptForm('v1')?.lines[0]?.drug).toBe('D0135')
    expect(keptForm('v2')).toBeUndefined()
    keepForm('v1', undefined)
    expect(keptForm('v1')).toBeUndefined()
  })
})
