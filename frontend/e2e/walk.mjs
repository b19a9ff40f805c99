// What people do with their thumbs: each verb ends when the person sees that it is done. Nobody
// types an address here.
import { base, enterNewPIN, enterPIN, named, person } from './browser.mjs'
import { approveKeys } from './hands.mjs'

export const PIN = '864213'
/** Longest wait for a step that the chain has to order. */
export const CHAIN = 30_000

/** A person who opens the app for the first time. */
export async function arrive(browser, label, options) {
  const p = await person(browser, { label, ...options })
  await p.page.goto(base)
  await p.page.locator('[data-side=patient]').waitFor()
  return p
}

export async function patientArrives(browser, user, label = 'patient') {
  const p = await arrive(browser, label)
  await tap(p, user)
  await top(p, '[data-tab=home].on').waitFor()
  return p
}

export async function staffArrives(browser, login, label) {
  const p = await arrive(browser, label)
  await p.page.locator('[data-side=staff]').click()
  await tap(p, login)
  await tap(p, 'submit')
  await top(p, '[data-tab].on').first().waitFor()
  return p
}

/** Something on the page on top. */
export const top = ({ page }, selector) => page.locator(`uni-page:visible ${selector}`)
export const tap = ({ page }, name) => named(page, name).first().click()
export const see = ({ page }, name, timeout) => named(page, name).first().waitFor({ timeout })
export const tab = ({ page }, name) => page.locator(`[data-tab=${name}]:visible`).click()
export const back = ({ page }) => page.locator('.uni-page-head-btn:visible').click()
export const type = ({ page }, name, text) => named(page, name).locator('input, textarea').first().fill(text)
export const status = (p, value, timeout) => top(p, `[data-status=${value}]`).first().waitFor({ timeout })

/** The dialog's main button. */
export const agree = ({ page }) => page.locator('.uni-modal__btn_primary').click()

export async function sign(p, pin = PIN) {
  await tap(p, 'sign')
  await enterPIN(p.page, pin)
}

/** Makes the signing key by way of the last tab, and comes back to the first. */
export async function makeKey(p) {
  await tab(p, 'me')
  await tap(p, 'key')
  await tap(p, 'make-key')
  await enterNewPIN(p.page, PIN)
  await top(p, '[data-name=key-ready], [data-name=request-waiting]').first().waitFor({ timeout: CHAIN })
  if (await top(p, '[data-name=request-waiting]').count()) {
    // A practitioner whose old key is on another device: two administrators approve.
    await approveKeys()
    await tap(p, 'finish-key') // the page hears of it by itself
    await enterPIN(p.page, PIN)
    await see(p, 'key-ready', CHAIN)
  }
  await back(p)
  await top(p, '[data-tab]').first().click()
}

const middle = async (locator) => {
  const { x, y, width, height } = await locator.boundingBox()
  return { x: x + width / 2, y: y + height / 2 }
}

/** Turns a picker's wheel to the option with this text, and confirms. */
export async function choose(line, name, text) {
  const field = line.locator(`[data-name="${name}"]`)
  const page = field.page()
  await field.click()
  const sheet = page.locator('.uni-picker-custom:visible')
  const option = sheet.locator('.uni-picker-view-content .uni-picker-item').getByText(text, { exact: true })
  const confirm = sheet.locator('.uni-picker-action-confirm')
  await confirm.click({ trial: true }) // until the sheet has slid in
  const wheel = await sheet.locator('.uni-picker-view-wrapper').boundingBox()
  const goal = await middle(sheet.locator('.uni-picker-view-indicator'))
  let before
  for (const until = Date.now() + 10_000; ;) {
    const at = await middle(option)
    if (at.y === before && Math.abs(at.y - goal.y) < 2) break
    if (Date.now() > until) throw new Error(`the wheel does not turn to ${text}`)
    // Only a wheel at rest is tapped; it turns to what was tapped, as far as it can be seen.
    if (at.y === before)
      await page.mouse.click(at.x, Math.min(Math.max(at.y, wheel.y + 20), wheel.y + wheel.height - 20))
    before = at.y
    await page.waitForFunction(
      () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done(true)))),
    )
  }
  await confirm.click()
  // The sheet, which has the same words, may still be sliding out.
  await field.locator('[role=button]').getByText(text, { exact: true }).waitFor()
}

/** From the patient's home to the chat of a visit that was asked for. */
export async function askVisit(p, doctor, { complaint, duration = '', prior = '' }) {
  await tap(p, 'way-doctors')
  await type(p, 'search', doctor)
  // The list moves a moment after the word.
  await top(p, '[data-name^=doctor-]').filter({ hasText: doctor }).first().click()
  await type(p, 'complaint', complaint)
  if (duration) await type(p, 'duration', duration)
  if (prior) await type(p, 'prior', prior)
  await tap(p, 'send-request')
  await see(p, 'say')
}

export async function say(p, text) {
  await named(p.page, 'say').locator('textarea').fill(text)
  await tap(p, 'send')
}
export const hears = ({ page }, text) => page.locator('[data-name=message]:visible', { hasText: text }).waitFor()

/** From the doctor's work list into the room of the visit with this complaint. */
export async function takeVisit(p, complaint) {
  const card = top(p, '.visit').filter({ hasText: complaint })
  await card.locator('[data-name=take]').click()
  await see(p, 'chat')
}

/** From the room to the note and back. */
export async function writeNote(p, { plan, diagnosis, code }) {
  await tap(p, 'note')
  await type(p, 'plan', plan)
  await type(p, 'diagnosis-search', diagnosis)
  await tap(p, `diagnosis-${code}`)
  await tap(p, 'save-note')
  await see(p, 'prescribe')
}

/** Searches a drug as it is typed in a hurry, and takes it: answers its line. */
export async function addDrug(p, query, code) {
  await type(p, 'drug-search', query)
  await tap(p, `drug-${code}`)
  const line = top(p, `[data-line=${code}]`)
  await line.waitFor()
  return line
}

/** Answers every finding that wants a reason; ends when the prescription may be signed. */
export async function answerFindings(p) {
  await see(p, 'check-ready')
  for (const finding of await top(p, '.finding:has([data-name=quick-monitored])').all())
    await finding.locator('[data-name=quick-monitored]').click()
  await named(p.page, 'to-sign').and(p.page.locator('[aria-disabled=false]')).waitFor()
}

export async function issue(p) {
  await tap(p, 'to-sign')
  await see(p, 'sign')
  await sign(p)
  await see(p, 'withdraw')
}

/** The queue's newest entry of this patient. */
export async function openReview(p, patient) {
  await tap(p, 'side-done') // and back: the queue is read anew
  await tap(p, 'side-queue')
  await named(p.page, 'review').filter({ hasText: patient }).last().click()
  await see(p, 'approve')
}

export async function approve(p, patient) {
  await openReview(p, patient)
  await tap(p, 'approve')
  await sign(p)
  await see(p, 'side-queue')
}

/** From the prescription to the pick-up code, which it answers. */
export async function pay(p) {
  await tap(p, 'to-pay')
  await top(p, '[data-name=pay],[data-name=bind-card]').first().waitFor()
  if (await named(p.page, 'bind-card').count()) await tap(p, 'bind-card')
  await tap(p, 'pay')
  await sign(p)
  await see(p, 'paid', CHAIN)
  await tap(p, 'to-pickup')
  return named(p.page, 'pickup').first().getAttribute('data-code')
}

/** At the counter: the code typed, what it opens shown. */
export async function lookUp(p, pickup) {
  await named(p.page, 'pickup').locator('textarea').fill(pickup)
  // uni tells the page of what is typed ten times a second at most; what was wrong before is no
  // longer said then.
  await named(p.page, 'pickup').getByRole('alert').waitFor({ state: 'detached' })
  await tap(p, 'lookup')
}

export async function claim(p, pickup) {
  await lookUp(p, pickup)
  await tap(p, 'claim')
  await sign(p)
  await see(p, 'fate-committed', CHAIN)
}

/** 四查十对 and a trace code for every package. `first` keeps the codes of two prescriptions apart. */
export async function check(p, first) {
  for (const point of await top(p, '[role=checkbox]').all()) await point.click()
  for (const item of await top(p, '[data-name^=trace-]:has([role=status])').all()) {
    const [, count] = (await item.locator('[role=status]').innerText()).split('/')
    const prefix = (await item.locator('.uni-input-placeholder').innerText()).match(/\d{7}/)[0]
    for (let k = 1; k <= Number(count); k++) {
      await item.locator('input').fill(prefix + String(first++).padStart(13, '0'))
      await item.locator('[role=status]', { hasText: `${k}/` }).waitFor()
    }
  }
}
