// A headless Chromium that can reach nothing but this machine, and pages that fail on any console
// error.
import { chromium } from 'playwright-core'

/** Where the server is; run.mjs sets it for each suite. */
export let base = process.env.HOSPITAL_URL ?? 'http://127.0.0.1:8080'
export const at = (url) => (base = url)

/**
 * Everybody who has a browser now, for the runner: it collects their faults and takes their
 * pictures.
 */
export const people = []
const browsers = []

export async function open(extra = []) {
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1',
      ...extra,
    ],
  })
  browsers.push(browser)
  return browser
}

export async function cleanUp() {
  people.length = 0
  for (const browser of browsers.splice(0)) await browser.close()
}

/** The server that a page was sent to last: what it asks of any other is a foreign request. */
const homes = new WeakMap()

/**
 * A person's own browser: context, page, every address it saw or asked for, and what went wrong in
 * it. `label` names the person in reports; what `expects` was told of is no fault.
 */
export async function person(browser, { settings, label = `person-${people.length + 1}`, ...options } = {}) {
  const context = await browser.newContext({
    viewport: { width: 390, height: 844 },
    deviceScaleFactor: 2,
    locale: 'zh-CN',
    hasTouch: true,
    serviceWorkers: 'block',
    ...options,
  })
  if (settings)
    await context.addInitScript(
      (s) => localStorage.getItem('settings') ?? localStorage.setItem('settings', s),
      JSON.stringify(settings),
    )
  const page = await context.newPage()
  const faults = []
  const expected = []
  homes.set(page, base)
  const note = (text) => expected.some((e) => e.test(text)) || faults.push(text)
  page.on('console', (m) => m.type() === 'error' && note(`${m.text()} (${m.location().url})`))
  page.on('pageerror', (e) => note(String(e)))
  page.on(
    'request',
    (r) => /^(data|blob):/.test(r.url()) || r.url().startsWith(homes.get(page)) || note(`foreign request ${r.url()}`),
  )
  const urls = new Set()
  page.on('request', (r) => urls.add(r.url()))
  page.on('websocket', (w) => urls.add(w.url()))
  page.on('framenavigated', (f) => urls.add(f.url()))
  const p = { context, page, label, faults, urls, expects: (...patterns) => expected.push(...patterns) }
  people.push(p)
  return p
}

export function go(page, path) {
  homes.set(page, base)
  return page.goto(`${base}/#${path}`)
}
/** By data-name, on the page on top: those below it stay in the document. */
export const named = (page, name) => page.locator(`[data-name="${name}"]:visible`)

export async function loginPatient(page, user = 'patient-01') {
  await go(page, '/pages/login/login')
  await page.locator('[data-side=patient]').click()
  await named(page, user).click()
  await page.waitForURL(/pages\/home\/home/)
}

export async function loginStaff(page, login) {
  await go(page, '/pages/login/login')
  await page.locator('[data-side=staff]').click()
  await named(page, login).click()
  await named(page, 'submit').click()
  await page.waitForURL((u) => !u.hash.includes('login'))
}

export async function enterPIN(page, pin) {
  for (const digit of pin) await page.locator(`[data-key="${digit}"]`).click()
}

/** The PIN twice, as when a key is made: the second time after the sheet has asked for it. */
export async function enterNewPIN(page, pin = '864213') {
  const sheet = page.getByRole('dialog')
  const asked = await sheet.getAttribute('aria-label')
  await enterPIN(page, pin)
  await page.waitForFunction(
    (old) => document.querySelector('[role=dialog]')?.getAttribute('aria-label') !== old,
    asked,
  )
  await enterPIN(page, pin)
}

/** Makes a signing key with the PIN and waits until it can sign. */
export async function enrolKey(page, pin = '864213') {
  await go(page, '/pages/key/key')
  await named(page, 'make-key').click()
  await enterNewPIN(page, pin)
  await page
    .locator('[data-name=key-ready]:visible, [data-name=request-waiting]:visible')
    .first()
    .waitFor({ timeout: 60_000 })
  if (await named(page, 'request-waiting').count()) {
    // A practitioner whose key is elsewhere: two administrators approve this one.
    const { approveKeys } = await import('./hands.mjs') // which imports this file
    await approveKeys()
    await named(page, 'finish-key').click() // the page hears of it by itself
    await enterPIN(page, pin)
  }
  await named(page, 'key-ready').waitFor({ timeout: 60_000 })
}
