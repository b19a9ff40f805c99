// The browser's back button: it closes a sheet, a dialog or a wheel before it leaves the page, and leaves the app from a tab at the second press
// only. Escape closes the same things.
import { base } from './browser.mjs'
import { patientArrives, see, tab, tap, top } from './walk.mjs'

export const name = 'back'

export async function run({ browser, out, fault }) {
  const p = await patientArrives(browser, 'patient-09', 'back')
  const { page } = p
  /** A press, and what the page does about it: at most two steps of the browser's. */
  const back = () => page.evaluate(() => history.back()).then(() => page.waitForTimeout(600))
  const over = { pin: '[role=dialog]', question: 'uni-modal .uni-modal', sheet: '.uni-actionsheet_toggle' }
  const isGone = (what) => page.locator(`${over[what]}:visible`).first().waitFor({ state: 'hidden', timeout: 5000 })
  const isThere = (what) => page.locator(`${over[what]}:visible`).first().waitFor()
  const closes = [back, () => page.keyboard.press('Escape'), back]

  await tab(p, 'me')
  for (const [opens, what] of [['theme', 'sheet'], ['logout', 'question']]) {
    for (const close of closes) {
      await tap(p, opens)
      await isThere(what)
      await page.waitForTimeout(400) // until it has slid in
      await close()
      await isGone(what)
      if (!page.url().includes('/pages/me/me')) fault(`${what}: closing it leads to ${page.url()}`)
    }
  }
  await tap(p, 'key')
  await see(p, 'make-key')
  for (const close of closes) {
    await tap(p, 'make-key')
    await isThere('pin')
    await close()
    await isGone('pin')
    if (!page.url().includes('/pages/key/key')) fault(`the PIN sheet: closing it leads to ${page.url()}`)
  }
  // With nothing open one press leaves the page, and so does the app's own button.
  await back()
  await top(p, '[data-tab=me].on').waitFor()
  await tap(p, 'key')
  await tap(p, 'make-key')
  await page.keyboard.press('Escape')
  await isGone('pin')
  await page.locator('.uni-page-head-btn:visible').click()
  await top(p, '[data-tab=me].on').waitFor()

  // From a tab the first press stays, the second leaves.
  await tab(p, 'home')
  await tap(p, 'way-doctors')
  await top(p, '[data-name^=doctor-]').first().waitFor()
  await back()
  await top(p, '[data-tab=home].on').waitFor()
  await back()
  if (!page.url().startsWith(base)) throw new Error('one press leaves the app')
  await page.screenshot({ path: `${out}/once-more.png` })
  await top(p, '[data-tab=home].on').waitFor()
  await page.waitForTimeout(2500)
  await tab(p, 'rxs') // it goes on as if nothing had been
  await top(p, '[data-tab=rxs].on').waitFor()
  await tab(p, 'home')
  await top(p, '[data-tab=home].on').waitFor()
  await back()
  if (!page.url().startsWith(base)) throw new Error('one press leaves the app')
  await page.evaluate(() => void setTimeout(() => history.back()))
  await page.waitForURL((u) => !u.href.startsWith(base), { timeout: 5000 }).catch(() => fault('a second press does not leave the app'))
}
