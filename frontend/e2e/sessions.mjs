// Two people in two tabs of one browser, Enter at the log-in, what a password manager sees, and
// answers that come late.
import { base, go, named, person } from './browser.mjs'
import { see, staffArrives, tab, tap, top } from './walk.mjs'

export const name = 'sessions'

const PATIENCE = { timeout: 60_000 }

const demand = (holds, what) => {
  if (!holds) throw new Error(what)
}

/** Another tab of the same browser. */
async function tabOf(p, label) {
  const page = await p.context.newPage()
  await page.goto(`${base}/#/pages/login/login`)
  return { ...p, page, label }
}

const home = (p) => top(p, '[data-tab].on').first().waitFor(PATIENCE)
const role = async (p) => {
  await home(p)
  return p.page.evaluate(() => JSON.parse(sessionStorage.getItem('session') ?? '{}').account?.role)
}
const field = (p, what) => named(p.page, what).locator('input')

/** Until the request is on its way. */
async function under({ page }, asked) {
  for (const until = Date.now() + PATIENCE.timeout; !asked(); await page.waitForTimeout(20))
    demand(Date.now() < until, 'nothing was asked')
}

async function typed(p, login, password) {
  await p.page.locator('[data-side=staff]:visible').click()
  await field(p, 'login').fill(login)
  await field(p, 'password').fill(password)
}

export async function run({ browser, server, out }) {
  const ward = await (await fetch(`${server.url}/sandbox/ward`)).json()
  const words = (login) => ward.staff.find((s) => s.login === login).password

  // A password manager finds a form with a name and a password; Enter in the last field logs in.
  const doctor = await person(browser, { label: 'doctor' })
  await go(doctor.page, '/pages/login/login')
  await typed(doctor, 'doctor.li', words('doctor.li'))
  const seen = await doctor.page.evaluate(() =>
    [...document.querySelectorAll('input')]
      .filter((i) => i.form?.id === 'login-form')
      .map((i) => `${i.type} ${i.autocomplete}`),
  )
  demand(seen.join() === 'text username,password current-password', `a password manager sees: ${seen}`)
  await doctor.page.screenshot({ path: `${out}/login.png`, fullPage: true })
  for (const of of ['service', 'privacy']) {
    await tap(doctor, `paper-${of}`) // the documents that the log-in names
    await see(doctor, `paper-${of}`)
    await doctor.page.screenshot({ path: `${out}/${of}.png`, fullPage: true })
    await doctor.page.locator('.uni-page-head-btn:visible').click()
    await field(doctor, 'password').waitFor()
  }
  await field(doctor, 'password').press('Enter')
  demand((await role(doctor)) === 'doctor', 'Enter did not log in')

  // Beside it, in the same browser, a patient: each tab stays what it is, over a reload as well.
  const patient = await tabOf(doctor, 'patient')
  await tap(patient, 'patient-09')
  demand((await role(patient)) === 'patient', 'the second tab is not the patient’s')
  await Promise.all([doctor.page.reload(), patient.page.reload()])
  demand((await role(doctor)) === 'doctor' && (await role(patient)) === 'patient', 'a reload made one tab the other')
  const token = await patient.page.evaluate(() => JSON.parse(sessionStorage.getItem('session')).token)
  demand(
    !(await patient.page.evaluate(() => Object.keys(localStorage).includes('session'))),
    'nobody asked to be remembered',
  )

  // The server ends one of them: the other goes on.
  patient.expects(/status of 401/)
  doctor.expects(/status of 401/)
  await fetch(`${server.url}/v1/sessions/current`, { method: 'DELETE', headers: { Authorization: `Bearer ${token}` } })
  await patient.page.locator('[data-side=patient]:visible').waitFor(PATIENCE) // its stream of events ended, and it asks
  await doctor.page.reload()
  demand((await role(doctor)) === 'doctor', 'another tab’s end ended the doctor’s session')

  // A refusal of a session before that comes after the next log-in ends nothing.
  await tap(patient, 'patient-10')
  await home(patient)
  let late
  await patient.page.route(/\/v1\/consultations(\?|$)/, async (route) => {
    await new Promise((go) => (late = go))
    await route.fulfill({
      status: 401,
      contentType: 'application/problem+json',
      body: '{"status":401,"code":"unauthenticated"}',
    })
  }, { times: 1 })
  await tab(patient, 'visits')
  await under(patient, () => late)
  await tab(patient, 'me')
  await tap(patient, 'logout')
  await patient.page.locator('.uni-modal__btn_primary:visible').click()
  await patient.page.locator('[data-side=patient]:visible').waitFor(PATIENCE)
  await tap(patient, 'patient-11')
  await home(patient)
  late()
  await patient.page.waitForTimeout(1000)
  demand((await role(patient)) === 'patient', 'a stale answer ended the next session')

  // A slow log-in that is answered after another one does not take its place.
  await tab(patient, 'me')
  await tap(patient, 'logout')
  await patient.page.locator('.uni-modal__btn_primary:visible').click()
  let slow
  await patient.page.route('**/v1/sessions', async (route) => {
    await new Promise((go) => (slow = go))
    await route.continue()
  }, { times: 1 })
  await typed(patient, 'doctor.wang', words('doctor.wang'))
  await field(patient, 'password').press('Enter')
  await under(patient, () => slow)
  await patient.page.locator('[data-side=patient]:visible').click()
  await tap(patient, 'patient-12')
  await home(patient)
  const answered = patient.page.waitForResponse((r) => r.url().endsWith('/v1/sessions'))
  slow()
  await answered
  await patient.page.waitForTimeout(500)
  demand((await role(patient)) === 'patient', 'the slow log-in took the session of the one that came first')

  // Who wants to be remembered is there in the next tab; the others are not.
  const kept = await person(browser, { label: 'remembered' })
  await go(kept.page, '/pages/login/login')
  await tap(kept, 'remember')
  await tap(kept, 'patient-01')
  await home(kept)
  const next = await tabOf(kept, 'next tab')
  await next.page.goto(`${base}/#/pages/home/home`)
  demand((await role(next)) === 'patient', 'who wanted to be remembered is not')
}
