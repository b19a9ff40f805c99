// A ward with something of everything, for the tours: the journey's visits (dispensed, rejected and
// written anew, given up with its money back), and one visit in the middle of it all, with
// prescriptions at each station.
import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { base } from './browser.mjs'
import { patientHands, staffHands, until, ward as everybody } from './hands.mjs'

const run = promisify(execFile)

/** What people say here, and write down. */
const said = {
  waiting: ['血压偏高，头晕三天', '三天', '去年在本院确诊高血压'],
  asked: ['胃部不适复诊', '一周'],
  visit: ['高血压复诊，想续药', '半年', '一直在服氨氯地平，没有不舒服'],
  note: ['血压控制平稳，规律服药', '继续原方案，两周后复诊'],
  chat: ['医生您好，我的药快吃完了，想续两周。', '您好，最近在家量血压吗？大概多少？', '每天早上量，记在本子上了，拍给您看。', '控制得不错。继续原来的药，注意低盐，两周后复诊。', '断网时写的话'],
  reasons: ['已核对，获益大于风险，嘱患者观察'],
  journey: ['慢性病复诊，需要续方', '两周', '疗程与诊断不符，请复核后重开'],
}
/** Members of the golden history, which one stop shows. */
const annals = JSON.parse(readFileSync(new URL('../../chain/testdata/history/history.json', import.meta.url), 'utf8'))
const golden = [annals.genesis, ...annals.adoptions.map((a) => a.list)].flatMap((l) => l.members.map((m) => m.name))

async function journey() {
  const folder = await mkdtemp(join(tmpdir(), 'hospital-journey-'))
  try {
    await run(process.env.HOSPITAL_BINARY, ['journey', '--url', base, '--receipts', join(folder, 'receipts.json')])
  } finally {
    await rm(folder, { recursive: true })
  }
}

/** A home blood pressure log, as a patient would photograph it. */
async function photograph(browser) {
  const page = await browser.newPage({ viewport: { width: 480, height: 360 } })
  const rows = [['11-16', 138, 86], ['11-17', 135, 84], ['11-18', 141, 88], ['11-19', 133, 82], ['11-20', 136, 85]]
  await page.setContent(
    '<body style="margin:0;padding:24px;background:#fdf6e3;font:24px/1.7 serif;color:#223">' +
      `<b>血压记录</b><table style="width:100%">${rows
        .map((r) => `<tr>${r.map((c) => `<td>${c}</td>`).join('')}</tr>`)
        .join('')}</table></body>`,
  )
  const picture = await page.screenshot({ type: 'jpeg', quality: 80 })
  await page.close()
  return picture
}

const intake = ([complaint, duration, prior]) => ({ complaint, duration, ...(prior ? { prior } : {}) })

/** Writes what a drug's usual dosage says; days: for as long. */
async function lines(doctor, days, ...names) {
  return Promise.all(names.map(async (name) => {
    const { code, usual } = (await doctor.get(`/v1/catalogue/drugs?limit=1&q=${encodeURIComponent(name)}`)).drugs[0]
    return {
      drug: code,
      dose: usual.dose,
      frequency: usual.frequency,
      route: usual.route,
      days: days ?? usual.days,
      packages: days ? Math.ceil((usual.packages * days) / usual.days) : usual.packages,
    }
  }))
}

async function draft(doctor, visit, ...names) {
  return write(doctor, { visit, diagnoses: ['I10'], items: await lines(doctor, undefined, ...names) })
}

/** A draft with a reason given for every finding that wants one. */
async function write(doctor, body) {
  const made = await doctor.post('/v1/prescriptions', body)
  const overrides = (made.content.findings ?? [])
    .filter((f) => f.severity !== 'info')
    .map((f) => ({ key: f.key, reason: said.reasons[0] }))
  return overrides.length
    ? doctor.put(`/v1/prescriptions/${made.id}`, { ...body, overrides, version: made.version })
    : made
}

const issue = async (doctor, ...of) => sign(doctor, await draft(doctor, ...of))

async function sign(doctor, { id, version }) {
  await doctor.act(`/v1/prescriptions/${id}/issue`, { version })
  return id
}

async function pay(patient, id) {
  const { code } = await patient.post('/v1/patients/me/pay-codes')
  await patient.act(`/v1/prescriptions/${id}/pay`, { payCode: code })
  return patient.status(id, 'paid')
}

/** What a prescription of twelve weeks needs beside its lines. */
const longTerm = { reason: '高血压病情稳定，长期规律用药', assessment: '血压控制平稳，无不良反应，评估适合长期处方', patientAgreed: true }

/**
 * A paid prescription of a patient, made over the API; answers its id. It is usual, or of so many
 * packages that a regulator wonders.
 */
export const onePaid = async (user, unusual = false) =>
  (unusual
    ? paidWith(user, 84, '硝苯地平控释片', '琥珀酸美托洛尔缓释片', '硫酸氢氯吡格雷片')
    : paidWith(user, undefined, '苯磺酸氨氯地平片')
  ).then((rx) => rx.id)

/** One of these drugs, each for so many days or as usual. */
export async function paidWith(user, days, ...drugs) {
  const [patient, doctor, reviewer] = await Promise.all([
    patientHands(user),
    staffHands('doctor.li'),
    staffHands('reviewer.zhou'),
  ])
  for (const p of [patient, doctor, reviewer]) await p.enrol()
  await patient.put('/v1/patients/me/card', {
    ecToken: (await everybody()).patients.find((p) => p.user === user).ecToken,
  })
  await doctor.put('/v1/practitioners/me/presence', { online: true })
  const { id: visit } = await patient.post('/v1/consultations', { doctor: doctor.person, ...intake(said.visit) })
  await doctor.post(`/v1/consultations/${visit}/accept`)
  await doctor.post(`/v1/consultations/${visit}/start`)
  await doctor.put(`/v1/consultations/${visit}/note`, {
    version: 0,
    complaint: said.visit[0],
    history: said.note[0],
    plan: said.note[1],
    diagnoses: ['I10'],
  })
  const items = await lines(doctor, days, ...drugs)
  const id = await sign(
    doctor,
    await write(doctor, {
      visit,
      diagnoses: ['I10'],
      items,
      ...(days ? { longTerm: days > 28 ? longTerm : { reason: longTerm.reason } } : {}),
    }),
  )
  await reviewer.act(`/v1/prescriptions/${id}/approve`, {})
  await doctor.post(`/v1/consultations/${visit}/finish`)
  return pay(patient, id)
}

/**
 * A visit with its note, of an illness that the patient is known to have; answers a hand that signs
 * a prescription of these drugs, which then waits for its review, and tells its id.
 */
export async function clinic(user, diagnosis = 'I10') {
  const [patient, doctor] = await Promise.all([patientHands(user), staffHands('doctor.li')])
  await doctor.enrol()
  await doctor.put('/v1/practitioners/me/presence', { online: true })
  const { id: visit } = await patient.post('/v1/consultations', { doctor: doctor.person, ...intake(said.visit) })
  await doctor.post(`/v1/consultations/${visit}/accept`)
  await doctor.post(`/v1/consultations/${visit}/start`)
  await doctor.put(`/v1/consultations/${visit}/note`, {
    version: 0,
    complaint: said.visit[0],
    history: said.note[0],
    plan: said.note[1],
    diagnoses: [diagnosis],
  })
  return async (...drugs) =>
    sign(
      doctor,
      await write(doctor, { visit, diagnoses: [diagnosis], items: await lines(doctor, undefined, ...drugs) }),
    )
}

async function conversation(browser, patient, doctor, visit) {
  const say = (who, body) => who.post(`/v1/consultations/${visit}/messages`, body)
  const [hello, question, answer, advice] = said.chat
  await say(patient, { kind: 'text', text: hello })
  await say(doctor, { kind: 'text', text: question })
  await say(patient, { kind: 'text', text: answer })
  const form = new FormData()
  form.append('file', new Blob([await photograph(browser)], { type: 'image/jpeg' }), 'log.jpg')
  const { id: file } = await patient.post(`/v1/consultations/${visit}/files`, form)
  await say(patient, { kind: 'image', file })
  await say(doctor, { kind: 'text', text: advice })
}

/** Makes it all, and tells where it is. */
export async function furnish(browser) {
  await journey()
  const [patient, other, doctor, reviewer, pharmacy] = await Promise.all([
    patientHands('patient-01'),
    patientHands('patient-02'),
    staffHands('doctor.li'),
    staffHands('reviewer.zhou'),
    staffHands('pharmacy.p1'),
  ])
  for (const p of [patient, doctor, reviewer, pharmacy]) await p.enrol()
  await doctor.put('/v1/practitioners/me/presence', { online: true })
  const { doctors } = await patient.get('/v1/doctors')
  const { about } = await patient.get(`/v1/doctors/${doctor.person}`)
  const wang = doctors.find((d) => d.name === '王淑芬').person

  const { id: waiting } = await other.post('/v1/consultations', { doctor: doctor.person, ...intake(said.waiting) })
  const { id: asked } = await patient.post('/v1/consultations', { doctor: wang, ...intake(said.asked) })
  const { id: visit } = await patient.post('/v1/consultations', { doctor: doctor.person, ...intake(said.visit) })
  await doctor.post(`/v1/consultations/${visit}/accept`)
  await doctor.post(`/v1/consultations/${visit}/start`)
  await conversation(browser, patient, doctor, visit)
  await doctor.put(`/v1/consultations/${visit}/note`, {
    version: 0,
    complaint: said.visit[0],
    history: said.note[0],
    plan: said.note[1],
    diagnoses: ['I10'],
  })

  const claimed = await issue(doctor, visit, '苯磺酸氨氯地平片')
  const paid = await issue(doctor, visit, '缬沙坦胶囊')
  for (const id of [claimed, paid]) await reviewer.act(`/v1/prescriptions/${id}/approve`, {})
  const pickups = []
  for (const id of [claimed, paid]) pickups.push((await pay(patient, id)).content.pickup)
  await pharmacy.act(`/v1/prescriptions/${claimed}/claim`, { accessCode: pickups[0].split(':')[2] })
  await until('the claim', async () => {
    const { content } = await pharmacy.get(`/v1/prescriptions/${claimed}`)
    return (await pharmacy.get(`/v1/chain/records/${content.claim.record}`)).state === 'committed'
  })
  const review = await issue(doctor, visit, '辛伐他汀', '克拉霉素')
  const { id: unsigned } = await draft(doctor, visit, '苯磺酸氨氯地平片')

  const { items } = await patient.get('/v1/prescriptions?limit=50')
  const at = (status) => items.find((rx) => rx.status === status)?.id
  const { records } = await patient.get(`/v1/chain/subjects/rx:${paid}`)
  const { members } = await patient.get('/v1/chain/members')
  const people = await everybody()
  return {
    visit,
    waiting,
    asked,
    review,
    unsigned,
    paid,
    claimed,
    pickup: pickups[1],
    record: records[0].id,
    height: records[0].height,
    approved: at('approved'),
    rejected: at('rejected'),
    dispensed: at('dispensed'),
    cancelled: at('cancelled'),
    doctor: doctor.person,
    /** What is the same in every language. */
    words: [...people.staff, ...people.patients, ...people.patients.flatMap((p) => p.child ?? [])]
      .map((p) => p.name)
      .filter(Boolean) // who is new has none
      .flatMap((name) => [name, name[0] + '＊'.repeat(name.length - 1)]) // and as the card hides it
      .concat(
        people.staff.map((s) => s.login),
        members.map((m) => m.name),
        golden,
        doctors.flatMap((d) => [d.name, ...(d.about?.specialties ?? [])]),
        about?.introduction,
        Object.values(said).flat(),
        '简体中文',
        '青霉素皮试阳性',
      )
      .filter(Boolean),
    receipt: await (await fetch(`${base}/v1/chain/records/${records[0].id}/receipt`)).text(),
  }
}
