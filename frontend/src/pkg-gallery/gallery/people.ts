// People and what is written of them, made up for the components that need somebody. They are in
// Chinese in either language: the gallery shows them as they stand.
import { reactive } from 'vue'
import type { Schema } from '@/lib/api'
import type { Diagnosis, Line } from '@/lib/prescribing'
import type { Recheck } from '@/lib/recheck'
import { terms } from '@/lib/terms'
import type { Reply, Sign, Triage } from '@/lib/triage'

const both = (zh: string, en: string) => ({ zh, en })
const ageOf = { years: 58, months: 8, days: 20 }
const penicillin = { allergen: 'penicillins', text: '青霉素' }
const chronic = [{ code: 'I10', text: '特发性(原发性)高血压' }]
const prior: Schema<'PatientsPrior'>[] = [
  { id: '1', code: 'I10', hospital: '市第一人民医院', date: '2026-08-03', source: 'declared' },
  { id: '2', code: 'E11.9', hospital: '仁济智慧医院', date: '2026-10-11', source: 'hospital' },
]
export const patients: Record<'known' | 'unasked', Schema<'VisitPatient'>> = {
  known: {
    name: '张建国',
    sex: 'male',
    age: 58,
    ageOf,
    bound: true,
    weightGrams: 71500,
    prior,
    health: { allergies: [penicillin], allergiesAsked: true, chronic, pregnant: '', lactating: '' },
  },
  unasked: {
    name: '',
    sex: 'unstated',
    age: 0,
    ageOf: { years: 0, months: 3, days: 4 },
    bound: false,
    guardian: '陈晓燕',
    prior: [],
    health: { allergies: [], allergiesAsked: false, chronic: [], pregnant: '', lactating: 'yes' },
  },
}
export const onFile = { person: 'gallery', prior } as unknown as Schema<'PatientsView'>
export const diagnoses: Diagnosis[] = [
  { code: 'I10', name: '特发性(原发性)高血压' },
  { code: 'E11.9', name: '2型糖尿病不伴有并发症' },
]

const signs: Sign[] = [
  {
    code: 'chest-pain',
    level: 1,
    words: '胸口压着痛，出冷汗',
    name: both('可能的心脏急症', 'Possible heart emergency'),
    advice: both('坐下或躺下，不要走动，身边留一个人', 'Sit or lie down, do not walk, keep somebody with you'),
  },
]
/** Two questions: one is answered, one is asked again. */
export const triage = reactive<Triage>({
  signs,
  questions: [
    { code: 'breath', ask: both('现在呼吸费力吗？', 'Is breathing hard now?') },
    { code: 'fever', ask: both('体温超过 39 度吗？', 'Is the temperature above 39 °C?') },
  ],
  again: ['fever'],
  departments: [],
  replies: { breath: { question: 'breath', reply: 'no' } as Schema<'TriageAnswer'> },
  looked: true,
  off: false,
  typed: () => undefined,
  reply: async (question: string, reply: Reply) => void (triage.replies[question] = { question, reply }),
  notSo: async () => undefined,
  stop: () => undefined,
  look: async () => undefined,
  answers: () => [],
})

export const line: Line = {
  drug: 'D0135',
  name: '苯磺酸氨氯地平片',
  nameEn: 'Amlodipine',
  strength: '5mg',
  package: '28片/盒',
  pieces: 28,
  unit: '片',
  packageUnit: '盒',
  insurance: 'A',
  priceFen: 1680,
  doseUnit: 'mg',
  usualDose: '5',
  dose: '5',
  frequency: 'qd',
  route: 'po',
  days: 28,
  packages: 1,
  notes: '',
  usualPackages: 1,
  usualDays: 28,
}
/** What its pickers offer to who is not logged in and cannot read the hospital's own words. */
export function someTerms(): void {
  if (terms.frequencies.length) return
  terms.frequencies = [
    { code: 'qd', name: '每日一次', englishName: 'once a day', times: 1, perDays: 1 },
    { code: 'bid', name: '每日两次', englishName: 'twice a day', times: 2, perDays: 1 },
  ]
  terms.routes = [{ code: 'po', name: '口服', englishName: 'oral' }]
}

const basis: Schema<'PrescriptionBasis'> = {
  version: '2026-11',
  released: '2026-11-01',
  digest: '',
  facts: 412,
  medicines: 2,
  running: 0,
  checked: [],
  ...both('核对了剂量和过敏，也核对了相互作用', 'Dose, allergies and interactions were checked'),
  open: [{ rule: 'clinical.weight', ...both('体重未知，未核对按体重的剂量', 'Dose by weight was not checked: no weight') }],
}
/** Nothing matched; and an old prescription that kept none. */
export const bases = [basis, undefined]

const finding: Schema<'PrescriptionFinding'> = {
  key: 'new',
  rule: 'clinical.allergy',
  severity: 'critical',
  field: 'items[0]',
  source: '',
  ...both('患者对青霉素过敏', 'The patient is allergic to penicillin'),
} as Schema<'PrescriptionFinding'>
const person: Schema<'PrescriptionPatientView'> = {
  person: 'gallery',
  name: '张建国',
  sex: 'male',
  age: 58,
  ageOf,
  birth: '1968-03-04',
  weightGrams: 71500,
  allergies: [penicillin],
  allergiesAsked: true,
  pregnant: '',
  lactating: '',
}
export const recheck: Recheck = {
  at: '2026-11-22T08:00:00Z',
  basis,
  changed: ['allergies', 'weight'],
  new: [finding],
  patient: person,
  refusals: [],
}
export const contents = {
  department: 'cardiology',
  departmentName: '心血管内科',
  hospitalName: '仁济智慧医院',
  visit: 'gallery',
  patient: person,
  doctor: { person: 'gallery', name: '李明德', title: 'chief' },
  diagnoses: [{ code: 'I10', nameZh: '特发性(原发性)高血压', nameEn: 'Essential hypertension', chronic: true }],
  items: [
    {
      ...{ drug: 'D0135', nameZh: '苯磺酸氨氯地平片', nameEn: 'Amlodipine', form: '片剂', strength: '5mg', class: 'A' },
      ...{ dose: '5', doseUnit: 'mg', frequency: 'qd', frequencyName: '每日一次', route: 'po', routeName: '口服' },
      ...{ days: 28, packages: 1, packageUnit: '盒', notes: '晨起服用', priceFen: 1680, totalFen: 1680 },
      tracePrefix: '',
    },
  ],
  longTerm: { reason: '慢性病，病情稳定', assessment: '血压控制良好', patientAgreed: true },
  findings: [],
  overrides: [],
  refusals: [],
  totalFen: 1680,
  validDays: 3,
} as Schema<'PrescriptionDetails'>

export const family = [
  { person: '', name: '全部' },
  { person: 'me', name: '本人' },
  { person: 'child', name: '张小宝' },
]
