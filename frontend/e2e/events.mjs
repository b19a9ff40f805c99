// What people are told as it happens, without touching anything: a new request at the doctor's, a
// message at the patient's, what was missed while the network was away, and the inbox; and a
// prescription in the chat.
import { patientHands, staffHands } from './hands.mjs'
import { patientArrives, see, staffArrives, tab, tap, top } from './walk.mjs'
import { clinic } from './ward.mjs'

export const name = 'events'

/** What a person waits for at most, on a machine with nothing else to do. */
const SOON = 1000
const PATIENCE = 60_000
/**
 * A busy machine is not judged by the clock; HOSPITAL_QUIET says that this one has nothing else to
 * do.
 */
const judged = Boolean(process.env.HOSPITAL_QUIET)

const count = (p, name) => top(p, `[data-count=${name}]`)

/** Does something, and waits until it is seen; answers after how many ms. */
async function within(what, doing, seen, fault) {
  await doing()
  const since = Date.now()
  await seen()
  const took = Date.now() - since
  console.log(`     ${what} after ${took} ms`)
  if (judged && took > SOON) fault(`${what} after ${took} ms`)
}

/**
 * The chat is the visit: a prescription comes into it by itself, moves on there, and leads to what
 * is next.
 */
async function cards(browser, fault) {
  const [issue, hand, med, reviewer] = await Promise.all([
    clinic('patient-07'),
    patientHands('patient-07'),
    staffHands('doctor.li'),
    staffHands('reviewer.zhou'),
  ])
  await reviewer.enrol()
  const { id: visit } = (await hand.get('/v1/consultations?state=active')).consultations.find(
    (c) => c.doctor === med.person,
  )
  const patient = await patientArrives(browser, 'patient-07')
  await top(patient, `[data-name=visit-${visit}]`).click()
  await see(patient, 'say', PATIENCE)
  let rx
  const is = (status) =>
    top(patient, `.app-card:has([data-name="rx-${rx}"]) [data-status=${status}]`).waitFor({ timeout: PATIENCE })
  await within(
    'a prescription stands in the chat',
    async () => (rx = await issue('苯磺酸氨氯地平片')),
    () => is('signed'),
    fault,
  )
  await within(
    'and its approval',
    () => reviewer.act(`/v1/prescriptions/${rx}/approve`, {}),
    () => is('approved'),
    fault,
  )
  const plan = '低盐饮食，每日量血压'
  await within(
    'the note the doctor saved stands in the chat',
    async () => {
      const { version, complaint, diagnoses } = (await med.get(`/v1/consultations/${visit}`)).note
      const codes = diagnoses.map((d) => d.code)
      await med.put(`/v1/consultations/${visit}/note`, { version, complaint, diagnoses: codes, plan })
    },
    () => top(patient, '[data-name=note]').filter({ hasText: plan }).waitFor({ timeout: PATIENCE }),
    fault,
  )
  await tap(patient, 'card-pay')
  await see(patient, 'bind-card', PATIENCE)
  await med.post(`/v1/consultations/${visit}/finish`) // for those who ask this doctor later
  await patient.context.close()
}

export async function run({ browser, out, fault }) {
  const [patient, doctor] = await Promise.all([
    patientArrives(browser, 'patient-07'),
    staffArrives(browser, 'doctor.wang', 'doctor'),
  ])
  const [hand, med] = await Promise.all([patientHands('patient-07'), staffHands('doctor.wang')])
  const shot = (p, what) => p.page.screenshot({ path: `${out}/${what}.png` })
  await med.put('/v1/practitioners/me/presence', { online: true })
  const heard = (p) => p.page.waitForResponse((r) => r.url().endsWith('/v1/events'), { timeout: PATIENCE })
  await Promise.all(
    [doctor, patient].map((p) =>
      Promise.all([heard(p), p.page.reload()]).then(() => top(p, '[data-tab].on').first().waitFor()),
    ),
  )

  let visit
  const complaint = '夜里咳嗽，来复诊'
  await within(
    'the doctor sees the request',
    async () =>
      ({ id: visit } = await hand.post('/v1/consultations', { doctor: med.person, complaint, duration: '两天' })),
    () => top(doctor, `[data-visit=${visit}]`).waitFor({ timeout: PATIENCE }),
    fault,
  )
  await within(
    'and its number on the tab',
    async () => {},
    () => count(doctor, 'work').waitFor({ timeout: PATIENCE }),
    fault,
  )
  await doctor.page.waitForFunction(() => /^\(\d+\) /.test(document.title), undefined, { timeout: PATIENCE })
  await shot(doctor, 'doctor')
  await within(
    'the patient sees that the doctor accepted',
    async () => {
      await med.post(`/v1/consultations/${visit}/accept`)
      await med.post(`/v1/consultations/${visit}/start`)
    },
    () => top(patient, `[data-name=visit-${visit}] [data-status=active]`).waitFor({ timeout: PATIENCE }),
    fault,
  )
  await count(doctor, 'work').waitFor({ state: 'detached', timeout: PATIENCE }) // done on another device
  const say = (text) => med.post(`/v1/consultations/${visit}/messages`, { kind: 'text', text })
  await within(
    'the patient sees the number of a message',
    () => say('请问有没有发热？'),
    () => top(patient, `[data-name=visit-${visit}] .unread`).waitFor({ timeout: PATIENCE }),
    fault,
  )
  await count(patient, 'visits').waitFor({ timeout: PATIENCE })
  await count(patient, 'inbox').waitFor({ timeout: PATIENCE }) // beside the inbox as well
  await shot(patient, 'patient')

  // Away, and what was said meanwhile is there by itself.
  patient.expects(/ERR_INTERNET_DISCONNECTED|ERR_FAILED|ERR_NETWORK/)
  const before = await top(patient, `[data-name=visit-${visit}] .unread`).innerText()
  await patient.context.setOffline(true)
  await say('今晚多喝水')
  await within(
    'after the network came back, what was missed',
    () => patient.context.setOffline(false),
    () =>
      top(patient, `[data-name=visit-${visit}] .unread`).filter({ hasNotText: before }).waitFor({ timeout: PATIENCE }),
    fault,
  )

  await patient.page.waitForFunction(() => /^\(\d+\) /.test(document.title), undefined, { timeout: PATIENCE })
  await tab(patient, 'me')
  // On every page.
  await patient.page.waitForFunction(() => /^\(\d+\) /.test(document.title), undefined, { timeout: PATIENCE })
  await tap(patient, 'to-inbox')
  await see(patient, 'notice-visit.message', PATIENCE)
  await shot(patient, 'inbox')
  await tap(patient, 'notice-visit.message')
  await patient.page
    .locator('uni-page:visible .bubble, uni-page:visible [data-name=say], uni-page:visible textarea')
    .first()
    .waitFor({ timeout: PATIENCE })
  await patient.page.locator('.uni-page-head-btn:visible').click()
  await top(patient, '[data-name="notice-visit.message"] [data-name=unread]').waitFor({
    state: 'detached',
    timeout: PATIENCE,
  }) // read in the chat
  await tab(doctor, 'me')
  await see(doctor, 'sound')
  await shot(doctor, 'sound')
  await cards(browser, fault)
}
