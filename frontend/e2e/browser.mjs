// A headless Chromium that can reach nothing but this machine, and pages that fail on any console error.
import { chromium } from 'playwright-core'

export const base = process.env.HOSPITAL_URL ?? 'http://127.0.0.1:8080'

export const open = (extra = []) =>
  chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync',
      '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1', ...extra],
  })

/** A person's own browser: context, page, and what went wrong in it. */
export async function person(browser, { settings, ...options } = {}) {
  const context = await browser.newContext({ viewport: { width: 390, height: 844 }, deviceScaleFactor: 2, locale: 'zh-CN', hasTouch: true, ...options })
  if (settings) await context.addInitScript((s) => localStorage.getItem('settings') ?? localStorage.setItem('settings', s), JSON.stringify(settings))
  const page = await context.newPage()
  const faults = []
  page.on('console', (m) => m.type() === 'error' && faults.push(m.text()))
  page.on('pageerror', (e) => faults.push(String(e)))
  page.on('request', (r) => /^(data|blob):/.test(r.url()) || r.url().startsWith(base) || faults.push(`foreign request ${r.url()}`))
  return { context, page, faults }
}

export const go = (page, path) => page.goto(`${base}/#${path}`)
export const named = (page, name) => page.locator(`[data-name="${name}"]`)

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

/** Makes a signing key with the PIN and waits until it can sign. */
export async function enrolKey(page, pin = '864213') {
  await go(page, '/pages/key/key')
  await named(page, 'make-key').click()
  await enterPIN(page, pin)
  await page.waitForTimeout(100)
  await enterPIN(page, pin)
  await named(page, 'key-ready').waitFor({ timeout: 60_000 })
}
