// The life of a signing key on screens: fingerprint through Chromium's virtual authenticator, PIN,
// renewal, loss, wrong PINs, wiping, log-out; and what lies in the browser's storage after each.
import { execFile } from 'node:child_process'
import { resolve } from 'node:path'
import { promisify } from 'node:util'
import { at, enrolKey, enterNewPIN, enterPIN, go, loginPatient, named, open, person } from './browser.mjs'
import { axeFaults } from './looks.mjs'

export const name = 'fingerprint'
export const own = true

const PIN = '864213'
const NEXT = '975318'
const WRONG = '314159'
const patient = 'patient-01'
/** A PIN is tried with 10 000 rounds of PBKDF2: seconds on a busy machine. */
const slow = { timeout: 60_000 }

const demand = (holds, what) => {
  if (!holds) throw new Error(what)
}

/** Everything a page of this origin keeps. */
const storage = (page) =>
  page.evaluate(async () => ({
    local: { ...localStorage }, session: { ...sessionStorage }, cookies: document.cookie,
    databases: (await indexedDB.databases()).map((d) => d.name), caches: await caches.keys(),
  }))

const yes = (page) => page.locator('.uni-modal__btn_primary:visible').click()
const sheet = (page) => page.getByRole('dialog')
const pinGone = (page) => sheet(page).waitFor({ state: 'detached', ...slow })

const atDoor = (page) => page.locator('[data-side=patient]:visible').waitFor()

/** Taps a wrong PIN and waits until the sheet says so. */
async function wrongPIN(page, words) {
  await enterPIN(page, WRONG)
  await sheet(page).getByRole('alert').filter({ hasText: words }).waitFor(slow)
}

async function keyPage(page) {
  await go(page, '/pages/home/home')
  await go(page, '/pages/key/key')
  await named(page, 'make-key').waitFor(slow)
}

async function switchOn(page, pin) {
  await named(page, 'fingerprint-off').click()
  await enterPIN(page, pin)
  await named(page, 'fingerprint-on').waitFor(slow)
}

/**
 * From the list to the document of the first prescription that waits for payment, `but` one;
 * answers its id.
 */
async function toPayment(page, but = '') {
  await go(page, '/pages/rxs/rxs')
  await page
    .locator(`[data-name^=rx-]:not([data-name=rx-${but}]):visible`, { has: page.locator('[data-status=approved]') })
    .first()
    .click()
  await named(page, 'to-pay').click()
  const id = page.url().split('id=')[1]
  await page.locator('[data-name=pay]:visible,[data-name=bind-card]:visible').first().waitFor()
  if (await named(page, 'bind-card').count()) await named(page, 'bind-card').click()
  await named(page, 'pay').click()
  await named(page, 'sign').waitFor(slow)
  return id
}

async function device(browser, label) {
  const p = await person(browser, { label })
  const cdp = await p.context.newCDPSession(p.page)
  await cdp.send('WebAuthn.enable')
  let authenticatorId
  const finger = {
    /**
     * A refused finger blocks Chromium's authenticator for good: afterwards the device gets another
     * one.
     */
    refuse: () => cdp.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified: false }),
    renew: async () => {
      if (authenticatorId) await cdp.send('WebAuthn.removeVirtualAuthenticator', { authenticatorId })
      const options = {
        protocol: 'ctap2',
        ctap2Version: 'ctap2_1',
        transport: 'internal',
        hasResidentKey: true,
        hasUserVerification: true,
        hasPrf: true,
        isUserVerified: true,
        automaticPresenceSimulation: true,
      }
      authenticatorId = (await cdp.send('WebAuthn.addVirtualAuthenticator', { options })).authenticatorId
    },
    credentials: async () => (await cdp.send('WebAuthn.getCredentials', { authenticatorId })).credentials.length,
  }
  await finger.renew()
  return { ...p, ...finger }
}

async function fingerprint({ page, refuse, renew, credentials }, shot) {
  await keyPage(page)
  demand(/另一台设备/.test(await named(page, 'key-explained').textContent()), 'a key on another device is not explained')
  demand(!(await named(page, 'fingerprint-off').count()), 'fingerprint is offered without a key')
  await enrolKey(page, PIN)
  await named(page, 'fingerprint-off').click()
  await wrongPIN(page, '还可以试 9 次')
  await refuse()
  await enterPIN(page, PIN)
  await page.getByText('指纹/面容未通过').waitFor(slow)
  await yes(page)
  await renew()
  await switchOn(page, PIN)
  await shot('on')
  demand((await credentials()) === 1, 'the authenticator has no credential')
  const kept = await storage(page)
  const key = JSON.parse(kept.local[Object.keys(kept.local).find((k) => k.startsWith('key/'))])
  demand(
    key.fingerprint.box.length === 120 && !JSON.stringify(kept).includes(PIN),
    'what is stored is not what it should be',
  )

  const paid = await toPayment(page)
  await shot('sign')
  await named(page, 'sign-fingerprint').click()
  await named(page, 'paid').waitFor(slow)
  await refuse()
  await toPayment(page, paid)
  await named(page, 'sign-fingerprint').click()
  await sheet(page).getByRole('alert').filter({ hasText: '指纹/面容未通过' }).waitFor(slow)
  await shot('refused')
  await enterPIN(page, PIN)
  await named(page, 'paid').waitFor(slow)
  await renew()

  await keyPage(page)
  await named(page, 'fingerprint-on').click()
  await yes(page)
  await named(page, 'fingerprint-off').waitFor()
  demand(
    !Object.values((await storage(page)).local)
      .join()
      .includes('"fingerprint"'),
    'the copy is still there after switching off',
  )
  await go(page, `/pages/cancel/cancel?id=${paid}`)
  await named(page, 'reason').locator('textarea').fill('改为线下就诊')
  await named(page, 'cancel-next').click()
  await named(page, 'sign').waitFor(slow)
  demand(!(await named(page, 'sign-fingerprint').count()), 'fingerprint is offered after switching off')
  await named(page, 'sign').click()
  await enterPIN(page, PIN)
  await page.waitForURL((u) => !u.hash.includes('cancel'), slow)
  await go(page, `/pages/rx/rx?id=${paid}`)
  await page.locator('[data-status=cancelled]:visible').first().waitFor(slow)
}

async function changedPIN({ page }) {
  await keyPage(page)
  await switchOn(page, PIN)
  await named(page, 'change-pin').click()
  await wrongPIN(page, '还可以试 9 次')
  const asked = await sheet(page).getAttribute('aria-label')
  await enterPIN(page, PIN)
  await page.waitForFunction(
    (old) => document.querySelector('[role=dialog]')?.getAttribute('aria-label') !== old,
    asked,
    slow,
  )
  await enterNewPIN(page, NEXT)
  await pinGone(page)
  await named(page, 'fingerprint-off').click() // the change has switched it off
  await enterPIN(page, PIN)
  await sheet(page).getByRole('alert').waitFor(slow)
  await enterPIN(page, NEXT)
  await named(page, 'fingerprint-on').waitFor(slow)
}

/** The server is made to say that the certificate ends in twenty days. */
async function renewal({ page }, shot) {
  const soon = async (route) => {
    const answer = await route.fetch()
    const body = await answer.json()
    for (const k of body.keys)
      [k.notAfter, k.renewFrom] = [new Date(Date.now() + 20.5 * 24 * 3600_000).toISOString(), new Date(0).toISOString()]
    await route.fulfill({ response: answer, json: body })
  }
  const address = /\/v1\/keys$/
  const get = (route) => (route.request().method() === 'GET' ? soon(route) : route.continue())
  await page.route(address, get)
  await go(page, '/pages/me/me')
  await page.getByText('即将到期').waitFor()
  await named(page, 'renew-banner').filter({ hasText: '20 天' }).waitFor()
  await shot('banner')
  await named(page, 'renew-banner').click()
  await named(page, 'key-renew').waitFor()
  await page.unrouteAll({ behavior: 'wait' })
  await named(page, 'make-key').click()
  await enterNewPIN(page, PIN)
  await named(page, 'key-ready').waitFor(slow)
  await named(page, 'keys-unfold').click()
  await named(page, 'certificate-active').filter({ hasText: '本机' }).waitFor()
  demand(
    (await named(page, 'certificate-active').count()) === 1 && (await named(page, 'certificate-revoked').count()) >= 1,
    'the renewed certificate is not told from the old ones',
  )
  await named(page, 'fingerprint-off').waitFor() // the old key's copy went with it
  await go(page, '/pages/home/home')
  await named(page, 'way-doctors').waitFor()
  demand(!(await named(page, 'renew-banner').count()), 'the banner stays after the renewal')
}

async function tenWrong({ page }, shot) {
  await keyPage(page)
  await switchOn(page, PIN)
  await named(page, 'change-pin').click()
  for (let left = 9; left > 3; left--) await wrongPIN(page, `还可以试 ${left} 次`)
  for (let left = 3; left > 0; left--) await wrongPIN(page, `再错 ${left} 次`)
  await shot('last-try')
  await enterPIN(page, WRONG)
  await page.getByText('本机签名密码已清除').waitFor(slow)
  await yes(page)
  await named(page, 'key-explained').filter({ hasText: '连续输错 10 次' }).waitFor()
  await shot('wiped')
  demand(noKey(await storage(page)), 'key material is left after ten wrong PINs')
  await enrolKey(page, PIN)
}

const noKey = (kept) =>
  !Object.keys(kept.local).some((k) => k.startsWith('key/')) && !/sealed|publicKey|"box"/.test(JSON.stringify(kept))

/** From the second device the first one's certificate is revoked, then all sessions are ended. */
async function lostPhone(first, second, { here, elsewhere }, shot) {
  const { page } = second
  at(elsewhere)
  await loginPatient(page, patient)
  await keyPage(page)
  await named(page, 'key-elsewhere').waitFor()
  await named(page, 'revoke-key').click()
  await shot('revoke')
  await yes(page)
  await named(page, 'key-none').waitFor()
  await enrolKey(page, NEXT)
  demand(!(await page.locator('[data-name^=fingerprint]:visible').count()), 'fingerprint is offered at a bare address')
  at(here)
  await keyPage(first.page)
  await named(first.page, 'key-ended').waitFor()
  await named(first.page, 'key-explained').filter({ hasText: '已停用' }).waitFor()
  at(elsewhere)
  first.expects(/401/) // its stream ends, and it asks at once
  await go(page, '/pages/me/me')
  await named(page, 'logout-everywhere').click()
  await yes(page)
  await atDoor(page)
  at(here)
  await go(first.page, '/pages/home/home')
  await atDoor(first.page)
}

/**
 * Leaves a draft and an unsent message, logs out and looks at what stays: how the app looks
 * (settings, uni's UNI_LOCALE), whose chain it trusts (members), that somebody has logged in here
 * before (devices), the sealed key, and a random number that uni gives every device and sends
 * nowhere (__DC_STAT_UUID).
 */
async function loggedOut({ page }, button) {
  await go(page, '/pages/home/home')
  const before = await storage(page)
  const { token, account } = JSON.parse(before.session.session)
  await page.evaluate(
    (person) => localStorage.setItem(`chat/${person}/CN1`, '[{"clientId":"c1","kind":"text","text":"我头疼"}]'),
    account.person,
  )
  await named(page, 'way-doctors').click()
  await page.locator('[data-name^=doctor-]:visible').first().click()
  await named(page, 'complaint').locator('textarea').fill('反复头疼')
  await page.waitForFunction(() => sessionStorage.getItem('drafts')?.includes('反复头疼'))
  await go(page, '/pages/me/me')
  await named(page, button).click()
  if (button === 'logout') await page.getByText('删除这些消息并退出').click()
  else await yes(page)
  await atDoor(page)
  const kept = await storage(page)
  const text = JSON.stringify(kept)
  for (const gone of [token, account.id, '头疼', '"session":"'])
    demand(!text.includes(gone), `after log-out the browser still keeps ${gone.slice(0, 12)}`)
  const known = (k) =>
    ['settings', 'members', 'devices', 'UNI_LOCALE', '__DC_STAT_UUID', `key/${account.person}`].includes(k)
  const more = Object.keys(kept.local).filter((k) => !known(k))
  demand(!more.length, `after log-out the browser keeps ${more}`)
  demand(
    !Object.keys(kept.session).length && !kept.cookies && !kept.databases.length && !kept.caches.length,
    `after log-out there is more than local storage: ${text}`,
  )
  return kept
}

export async function run({ server, out, fault }) {
  const journey = () =>
    promisify(execFile)(process.env.HOSPITAL_BINARY, ['journey', '--url', server.url], { cwd: resolve(out) })
  await journey()
  await journey() // two prescriptions to pay
  // A relying party is a host name, so the first device comes by name and the second by address.
  const here = server.url.replace('127.0.0.1', 'localhost')
  const browser = await open(['--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost'])
  const first = await device(browser, 'phone')
  const second = await device(browser, 'second')
  let n = 0
  const shot = (p) => async (what) => {
    await p.page.screenshot({ path: `${out}/${String(++n).padStart(2, '0')}-${what}.png`, animations: 'disabled' })
    for (const f of await axeFaults(p.page, 'serious', 'critical')) fault(`${what}: axe ${f}`)
  }

  at(here)
  await loginPatient(first.page, patient)
  await fingerprint(first, shot(first))
  await changedPIN(first)
  await renewal(first, shot(first))
  await tenWrong(first, shot(first))
  await lostPhone(first, second, { here, elsewhere: server.url }, shot(second))

  await loginPatient(first.page, patient)
  await loggedOut(first, 'logout')
  await loginPatient(first.page, patient)
  await enrolKey(first.page, PIN)
  await switchOn(first.page, PIN)
  await named(first.page, 'wipe-key').click()
  await yes(first.page)
  await named(first.page, 'key-explained').waitFor()
  demand(noKey(await storage(first.page)), 'key material is left after wiping')
  await enrolKey(first.page, PIN)
  demand(noKey(await loggedOut(first, 'logout-wipe')), 'key material is left after log-out with wiping')
}
