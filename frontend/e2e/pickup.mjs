// The pick-up: a code over the whole white screen, the same code without a network, also where the
// app is started without one, and eight digits where nothing can be scanned, which open at the
// chosen pharmacy alone, once, and never without the last four of a number.
import { base, loginPatient, named, person } from './browser.mjs'
import { patientHands, staffHands } from './hands.mjs'
import { makeKey, patientArrives, see, sign, staffArrives, status, tap, top, type } from './walk.mjs'
import { furnish } from './ward.mjs'

export const name = 'pickup'
export const own = true

const PATIENCE = 60_000

/**
 * 身份码: the patient's screen shows who it is, the pharmacy where something waits scans it. It opens
 * no prescription; it is one reader's; it is another one after a while, and gone with the page; the
 * patient reads who looked.
 */
async function identified(patient, pharmacy, out, fault) {
  await patient.page.locator('.uni-page-head-btn:visible').click()
  await tap(patient, 'show-code')
  await see(patient, 'id-code', PATIENCE)
  const shown = () => top(patient, '[data-name=id-code]').getAttribute('data-code')
  const code = await shown()
  const white = await top(patient, '[data-name=id-card]').evaluate((e) => ({
    colour: getComputedStyle(e).backgroundColor,
    wide: e.clientWidth / innerWidth,
    code: e.querySelector('[data-name=id-code]').clientWidth / innerWidth,
  }))
  if (white.colour !== 'rgb(255, 255, 255)' || white.wide < 1 || white.code < 0.8)
    fault(`the code is small or not on white: ${JSON.stringify(white)}`)
  const { idNumber, name, person } = await (await patientHands('patient-01')).get('/v1/patients/me')
  if ([idNumber.slice(-4), name, person].some((x) => code.includes(x) || code.includes(x.toUpperCase())))
    fault('the code says who it is')
  await patient.page.screenshot({ path: `${out}/card.png`, fullPage: true })
  await type(pharmacy, 'pickup', code.toLowerCase())
  await tap(pharmacy, 'lookup')
  await see(pharmacy, 'id-ready')
  await top(pharmacy, '[data-name=id-paid]').first().waitFor()
  if (await top(pharmacy, '[data-name=claim]').count()) fault('the identity code opened a claim')
  await pharmacy.page.screenshot({ path: `${out}/identified.png` })
  const read = async (login, text) => {
    const by = await staffHands(login)
    return by.post('/v1/identity-codes/read', { code: text }).then(
      (x) => x,
      (e) => /"code":"([a-z-]+)"/.exec(e.message)?.[1],
    )
  }
  const stranger = await read('doctor.li', code)
  if (stranger !== 'identity-code-used') fault(`a second reader is told ${JSON.stringify(stranger)}`)
  await tap(patient, 'card-renew')
  for (const until = Date.now() + PATIENCE; (await shown()) === code; await patient.page.waitForTimeout(100))
    if (Date.now() > until) throw new Error('the code stays the same')
  await tap(patient, 'card-access')
  await top(patient, '[data-name=access]', { hasText: '扫描身份码' }).first().waitFor()
  if (
    await patient.page.evaluate(
      (d) => [...Object.values(localStorage), ...Object.values(sessionStorage)].some((v) => v.includes(d)),
      code,
    )
  )
    fault('the code is kept on the device')
  for (let i = 0; i < 2; i++) await patient.page.locator('.uni-page-head-btn:visible').click()
  await top(patient, '[data-name=card-pickup]').first().click()
  await see(patient, 'short', PATIENCE)
}

/**
 * The installed app of who stays logged in, closed and opened again without a network: the page of
 * the pick-up is the first that is loaded, and both codes are there.
 */
async function coldStart(browser, { path, long, digits }, out, fault) {
  const p = await person(browser, { label: 'cold start', serviceWorkers: 'allow' })
  p.expects(/ERR_INTERNET_DISCONNECTED|ERR_FAILED|ERR_NETWORK|Failed to load/)
  await p.page.goto(base)
  await named(p.page, 'remember').click()
  await loginPatient(p.page, 'patient-01')
  await top(p, '[data-name=card-pickup]').first().click()
  await see(p, 'short', PATIENCE)
  await p.page.waitForFunction(() => navigator.serviceWorker.controller, undefined, { timeout: PATIENCE })
  // The long code is on the device once its bundle is sealed.
  await p.page.waitForFunction(() => Object.keys(localStorage).some((k) => k.startsWith('codes/')), undefined, {
    timeout: PATIENCE,
  })
  await p.page.close()
  await p.context.setOffline(true)
  const again = { ...p, page: await p.context.newPage() }
  await again.page.goto(base + path)
  await see(again, 'kept-code', PATIENCE)
  const code = (name) => top(again, `[data-name=${name}]`).getAttribute('data-code')
  if ((await code('pickup')) !== long) fault('a cold start without a network has another long code')
  if ((await code('short')) !== digits) fault('a cold start without a network has another short code')
  if (!(await top(again, '[data-name=pickup] img').first().evaluate((e) => e.naturalWidth > 0)))
    fault('a cold start without a network draws no code')
  await again.page.screenshot({ path: `${out}/cold.png`, fullPage: true })
  await p.context.close()
}

export async function run({ browser, out, fault }) {
  await furnish(browser)
  const patient = await patientArrives(browser, 'patient-01')
  const pharmacy = await staffArrives(browser, 'pharmacy.p1', 'pharmacy')
  await makeKey(pharmacy)
  const hand = await patientHands('patient-01')
  const { idNumber } = await hand.get('/v1/patients/me')
  const tail = idNumber.slice(-4) // it is masked but for these
  await top(patient, '[data-name=card-pickup]').first().click()
  await top(patient, '[data-name=pharmacy-p1]').click()
  await see(patient, 'short', PATIENCE)
  const digits = await top(patient, '[data-name=short]').getAttribute('data-code')
  const long = await top(patient, '[data-name=pickup]').getAttribute('data-code')
  if (!/^\d{8}$/.test(digits)) fault(`the short code is ${digits}`)
  const words = await top(patient, '').first().innerText()
  if (words.includes('RXP1')) fault('the long code stands on the page')
  await patient.page.screenshot({ path: `${out}/patient.png`, fullPage: true })
  await tap(patient, 'qr-open')
  const white = await top(patient, '[data-name=qr-full]').evaluate((e) => ({
    colour: getComputedStyle(e).backgroundColor,
    w: e.clientWidth,
    h: e.clientHeight,
    W: innerWidth,
    H: innerHeight,
  }))
  if (white.colour !== 'rgb(255, 255, 255)' || white.w < white.W || white.h < white.H)
    fault(`the screen is not white: ${JSON.stringify(white)}`)
  await patient.page.screenshot({ path: `${out}/full.png` })
  await tap(patient, 'qr-close')

  await identified(patient, pharmacy, out, fault)

  // Opened again without a network, both codes are there.
  patient.expects(/ERR_INTERNET_DISCONNECTED|ERR_FAILED|ERR_NETWORK/)
  await patient.page.locator('.uni-page-head-btn:visible').click()
  await top(patient, '[data-name=card-pickup]').first().waitFor()
  await patient.context.setOffline(true)
  await top(patient, '[data-name=card-pickup]').first().click()
  await see(patient, 'kept-code', PATIENCE)
  if ((await top(patient, '[data-name=pickup]').getAttribute('data-code')) !== long)
    fault('another long code without a network')
  if ((await top(patient, '[data-name=short]').getAttribute('data-code')) !== digits)
    fault('another short code without a network')
  await patient.page.screenshot({ path: `${out}/offline.png`, fullPage: true })
  await patient.context.setOffline(false)
  const path = await patient.page.evaluate(() => location.pathname + location.hash)
  await coldStart(browser, { path, long, digits }, out, fault)

  // Another pharmacy has the digits and the number: nothing.
  const other = await staffHands('pharmacy.p2').catch(() => undefined)
  const strange =
    other &&
    (await other.post('/v1/prescriptions/lookup-short', { code: digits, tail }).then(
      () => true,
      (e) => !/pickup-refused/.test(e.message),
    ))
  if (strange) fault('another pharmacy opened it')
  pharmacy.expects(/status of 403 .*\/lookup-short\)/)
  await type(pharmacy, 'pickup', `${digits.slice(0, 4)} ${digits.slice(4)}`)
  await type(pharmacy, 'tail', tail === '0000' ? '0001' : '0000')
  await tap(pharmacy, 'lookup')
  await pharmacy.page.locator('.uni-modal:visible, uni-modal:visible').first().waitFor()
  await pharmacy.page.locator('.uni-modal__btn_primary').click()
  await type(pharmacy, 'tail', tail)
  await pharmacy.page.screenshot({ path: `${out}/pharmacy.png` })
  await tap(pharmacy, 'lookup')
  await tap(pharmacy, 'claim')
  await sign(pharmacy)
  await status(patient, 'claimed', PATIENCE)
  const again = await staffHands('pharmacy.p1')
  if (
    await again.post('/v1/prescriptions/lookup-short', { code: digits, tail }).then(
      () => true,
      () => false,
    )
  )
    fault('the short code opened a second time')
  const left = () =>
    patient.page.evaluate(
      (d) => [...Object.values(localStorage), ...Object.values(sessionStorage)].some((v) => v.includes(d)),
      digits,
    )
  for (const until = Date.now() + PATIENCE; await left(); await patient.page.waitForTimeout(200))
    if (Date.now() > until) throw new Error('the used code stays on the device')
}
