// One document of every schema, as a day in the ward makes them.
import type { Doc } from '@/lib/sheet'

const item = (code: string, name: string, nameEn: string, strength: string, dose: string, packages: number, priceFen: number): Doc => ({
  code, name, nameEn, form: '片剂', strength, class: 'A', dose, doseUnit: '片', frequency: { code: 'tid', name: '每日三次' }, route: { code: 'po', name: '口服' },
  days: 7, packages, unit: '盒', notes: '', priceFen, totalFen: priceFen * packages,
})
const items = [item('D0103', '格列齐特缓释片', 'Gliclazide', '30mg', '1', 1, 2860), { ...item('D0001', '阿莫西林胶囊', 'Amoxicillin', '0.25g', '2', 2, 640), notes: '饭后服用' }]
const patient: Doc = { person: 'upat', name: '张建国', sex: 'male', age: 58, birth: '1968-03-04', ageText: '58岁', weightGrams: 70500, guardian: '' }
const diagnoses = [{ code: 'E11.9', name: '2型糖尿病' }]
const finding: Doc = { key: 'clinical.interaction@1:D0103', rule: 'clinical.interaction', version: 1, severity: 'warning', field: 'items[1]', zh: '与格列齐特合用时注意低血糖', en: 'with gliclazide: watch for low blood sugar', source: '说明书', notChecked: false }
const basis: Doc = { version: '2026.11.1', released: '2026-11-30', digest: 'ab'.repeat(32), facts: 641, medicines: 2, running: 0, checked: ['clinical.interaction', 'clinical.allergy'], open: [], zh: '核对了相互作用、过敏（规则库 2026.11.1，641 条）。', en: 'Checked: interactions, allergies (tables 2026.11.1, 641 rows).' }
const head = (schema: string, name: string, orgName = '市第一医院'): Doc => ({ schema: `hospital.rx.${schema}`, prescription: 'RX20261130080500000001', seq: 2, previous: 'c1'.repeat(32), person: 'u1', name, org: 'h1', orgName, time: '2026-11-30T08:05:00.000+08:00' })
const about: Doc = {
  issued: '2026-11-30T08:00:00.000+08:00', hospital: '市第一医院', department: '内分泌科', patient, diagnoses, items,
  doctor: { person: 'udoc', name: '李明德', title: 'chief', licence: '110000000012345' }, validUntil: '2026-12-03T00:00:00.000+08:00', totalFen: 4140,
}
const until = '2026-12-01T10:15:00.000+08:00'
const pharmacy = '康民大药房'

export const papers: Doc[] = [
  {
    ...head('issue/2', '李明德'), seq: 1, previous: '', department: '内分泌科', visit: 'CN1', patient, diagnoses, items, doctor: { title: 'chief', licence: '110000000012345' },
    longTerm: { reason: '', assessment: '', patientAgreed: false }, findings: [{ ...finding, reason: '已告知患者监测血糖' }], basis, validDays: 3, validUntil: '2026-12-03T00:00:00.000+08:00', totalFen: 4140, supersedes: '',
  },
  { ...head('review/3', '周静'), about, decision: 'approved', reasons: [], seen: [finding] },
  { ...head('review/3', '周静'), about, decision: 'rejected', reasons: ['用法用量需核对'], seen: [] },
  {
    title: '医保移动支付授权', settlement: 'ST1', prescription: 'RX20261130080500000001', card: 'c', insutype: '310', policy: 'p', unit: 'fen',
    fees: [{ code: 'D0103', name: '格列齐特缓释片', class: '甲', price: 2860, quantity: 1, amount: 2860 }, { code: 'D0001', name: '阿莫西林胶囊', class: '甲', price: 640, quantity: 2, amount: 1280 }],
    split: { total: 4140, ownPay: 0, preSelfPay: 0, inScope: 4140, deductible: 0, pooled: 2900, fund: 2900, account: 1000, cash: 240, hospital: 0, person: 1240 }, at: '2026-11-30T08:05:00+08:00',
  },
  { ...head('claim/3', '赵药师', pharmacy), about, until, new: [], basis },
  {
    ...head('dispense/3', '赵药师', pharmacy), about, claim: 'd2'.repeat(32), basis, new: [], contact: null,
    checklist: { department: true, name: true, age: true, drugName: true, form: true, strength: true, quantity: true, appearance: true, dosageUsage: true, diagnosis: true },
    items: [{ item: 0, code: 'D0103', name: '格列齐特缓释片', packages: 1, traceCodes: ['81234567890123456789'] }, { item: 1, code: 'D0001', name: '阿莫西林胶囊', packages: 2, traceCodes: ['81234567890123456790', '81234567890123456791'] }],
  },
  { ...head('release/2', '赵药师', pharmacy), about, claim: 'd2'.repeat(32), reason: '缺货' },
  { ...head('renew/2', '赵药师', pharmacy), about, claim: 'd2'.repeat(32), until },
  { ...head('contest/2', '张建国'), about, claim: 'd2'.repeat(32), pharmacy },
  { ...head('cancel/2', '李明德'), about, role: 'doctor', reason: '患者改为线下就诊' },
  { ...head('pay/2', ''), settlement: 'ST1', totalFen: 4140, pickup: 'ab'.repeat(32) },
  { ...head('lapse/1', ''), claim: 'd2'.repeat(32), until },
  { ...head('expire/1', ''), validUntil: '2026-12-03T00:00:00.000+08:00' },
]
