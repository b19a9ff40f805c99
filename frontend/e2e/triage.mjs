// What a patient writes is looked at before it is sent: questions, an emergency that is no online
// request, departments with reasons; and hints in the chat and the queue of who waits.
import { go, named } from './browser.mjs'
import { look, sits } from './desk.mjs'
import { patientHands, staffHands } from './hands.mjs'
import { startServer } from './server.mjs'
import { arrive, staffArrives, tap, top, type } from './walk.mjs'

export const name = 'triage'
/** What is looked for is off by default. */
export const start = () =>
  startServer(undefined, { HOSPITAL_TRIAGE_FLAGS: 'true', HOSPITAL_TRIAGE_DEPARTMENTS: 'true' })

export async function run({ browser, out, fault }) {
  const med = await staffHands('doctor.wang')
  await med.put('/v1/practitioners/me/presence', { online: true })
  const shot = (p, what) => p.page.screenshot({ path: `${out}/${what}.png`, fullPage: true })
  let visit
  for (const [mode, settings, words] of [
    ['zh', { language: 'zh-Hans', theme: 'light', scale: 1 }, ['胸口不舒服两天', '心口像压着石头，出冷汗', '膝盖痛两个月']],
    [
      'en',
      { language: 'en', theme: 'dark', scale: 1 },
      ['chest feels odd', 'I am vomiting blood', 'knee ache for months'],
    ],
  ]) {
    const p = await arrive(browser, `patient-${mode}`, { settings })
    await tap(p, 'patient-02')
    await top(p, '[data-tab=home].on').waitFor()
    await named(p.page, 'to-triage').first().waitFor()
    p.expects(/status of 422 .*\/v1\/consultations/)
    await go(p.page, `/pages/request/request?doctor=${med.person}`)
    await type(p, 'complaint', words[0])
    await named(p.page, 'questions').waitFor()
    await shot(p, `request-questions-${mode}`)
    await type(p, 'complaint', words[1])
    await named(p.page, 'emergency').waitFor()
    await shot(p, `emergency-${mode}`)
    await tap(p, 'edit-complaint')
    await tap(p, 'send-request')
    await named(p.page, 'emergency').waitFor() // the server refuses it as well
    await go(p.page, '/pages/triage/triage')
    await type(p, 'complaint', words[2])
    await named(p.page, 'suggested').waitFor()
    await shot(p, `triage-${mode}`)
    if (!visit) {
      const hand = await patientHands('patient-02')
      visit = (await hand.post('/v1/consultations', { doctor: med.person, complaint: '偶尔胸痛，来复诊' })).id
      await hand.post(`/v1/consultations/${visit}/messages`, { kind: 'text', text: '我现在喘不上气' })
    }
    await go(p.page, `/pages/chat/chat?id=${visit}`)
    await named(p.page, 'sign').waitFor()
    await p.page.waitForTimeout(500)
    await shot(p, `chat-${mode}`)
  }
  const doctor = await staffArrives(browser, 'doctor.wang', 'doctor')
  const marks = top(doctor, `[data-visit="${visit}"] [data-name=marks]`)
  await marks.waitFor()
  // the gravest of what the complaint and the messages since say
  if (!(await marks.innerText()).includes('喘不上气')) fault('what was written since is not marked')
  await shot(doctor, 'queue')
  const desk = await sits(browser, 'doctor.wang', 'desk')
  await desk.page.locator('[data-name=visit]').first().click()
  const hint = named(desk.page, 'sign')
  await hint.waitFor()
  if (!(await hint.innerText()).includes('喘不上气')) fault('the desk does not say which words are a sign')
  await look(desk, out, 'desk', fault)
}
