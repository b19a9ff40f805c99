// The browser's back and Escape close what lies over a page before they leave it: a sheet, a
// dialog, a wheel, one over another. Who closed it by its own button goes one page back by the next
// press, not none and not two; a reload with an open sheet leaves nothing over; from a tab one
// press leads nobody outside.
import { base, go, named } from './browser.mjs'
import { back as ownButton, patientArrives, see, tab, tap, top } from './walk.mjs'

export const name = 'back'

export async function run({ browser, out, fault }) {
  const p = await patientArrives(browser, 'patient-09', 'back')
  const { page } = p
  const over = {
    pin: '[role=dialog]',
    question: 'uni-modal .uni-modal',
    sheet: '.uni-actionsheet_toggle',
    wheel: '.uni-picker-toggle',
  }
  const isGone = (what) => page.locator(`${over[what]}:visible`).first().waitFor({ state: 'hidden' })
  const isThere = (what) => page.locator(`${over[what]}:visible`).first().waitFor()
  const at = async (path, what) => {
    await page
      .waitForFunction((hash) => location.hash.startsWith(hash), `#${path}`, { timeout: 5000 })
      .catch(() => fault(`${what}: is at ${page.url()}`))
    const shown = await page.locator('uni-page:visible').count()
    if (shown !== 1) fault(`${what}: ${shown} pages are shown at once`)
  }
  /**
   * One press of the browser's button; done when the browser has taken it and what the page does
   * about it.
   */
  const back = async () => {
    const taken = await page.evaluate(async () => {
      const here = () => `${location.href} ${JSON.stringify(history.state)}`
      const before = here()
      history.back()
      for (let i = 0; i < 100 && here() === before; i++) await new Promise((next) => setTimeout(next, 50))
      const moved = here() !== before
      await new Promise((next) => setTimeout(next, 200))
      return moved
    })
    if (!taken) throw new Error(`the browser has nothing to go back to at ${page.url()}`)
  }
  const escape = () => page.keyboard.press('Escape')
  /** An entry stands for what lies over the page: from here on back belongs to it. */
  const stands = (n) => page.waitForFunction((n) => (history.state?.over ?? 0) === n, n)
  const [ME, KEY] = ['/pages/me/me', '/pages/key/key']

  // On a tab and on a page behind it, by back, by Escape, by back again.
  await tab(p, 'me')
  for (const [opens, what] of [['theme', 'sheet'], ['logout', 'question']]) {
    for (const [way, close] of [['back', back], ['escape', escape], ['back again', back]]) {
      await tap(p, opens)
      await isThere(what)
      await stands(2)
      await close()
      await isGone(what)
      await stands(1)
      await at(ME, `${what}, ${way}`)
    }
  }
  await tap(p, 'key')
  await see(p, 'make-key')
  for (const [way, close] of [
    ['back', back],
    ['escape', escape],
    ['back again', back],
    ['its button', () => tap(p, 'pin-close')],
  ]) {
    await tap(p, 'make-key')
    await isThere('pin')
    await stands(1)
    await close()
    await isGone('pin')
    await stands(0)
    await at(KEY, `the PIN sheet, ${way}`)
  }
  // Closed by its button just now: the next press leaves the page, once.
  await back()
  await at(ME, 'back after the sheet was closed by its button')
  await see(p, 'key')

  // And so does the page's own button, pressed in the same breath as the sheet's.
  await tap(p, 'key')
  await tap(p, 'make-key')
  await isThere('pin')
  await stands(1)
  await page.evaluate(() => {
    document.querySelector('[data-name=pin-close]').click()
    document.querySelector('uni-page:last-of-type .uni-page-head-btn').click()
  })
  await at(ME, 'the page\'s own button after the sheet\'s')
  await see(p, 'key')

  // One over another, as a picture in full over a sheet: each press takes the upper one.
  await tap(p, 'key')
  await tap(p, 'make-key')
  await isThere('pin')
  await stands(1)
  await page.evaluate(() => {
    const upper = Object.assign(document.createElement('div'), {
      id: 'upper',
      style: 'position:fixed;inset:0;z-index:2000;background:#fff',
    })
    upper.setAttribute('role', 'dialog')
    const leave = Object.assign(document.createElement('button'), { textContent: '×', onclick: () => upper.remove() })
    leave.dataset.dismiss = ''
    upper.append(leave)
    document.body.append(upper)
  })
  await stands(2)
  await back()
  await page.locator('#upper').waitFor({ state: 'detached' })
  await isThere('pin')
  await stands(1)
  await back()
  await isGone('pin')
  await stands(0)
  await at(KEY, 'the sheet under another')

  // Loaded anew while a sheet is open.
  await tap(p, 'make-key')
  await isThere('pin')
  await stands(1)
  await page.reload()
  await see(p, 'make-key')
  await stands(0)
  await at(KEY, 'reload')
  await ownButton(p) // what came first leads home
  await top(p, '[data-tab].on').first().waitFor()

  // From a tab a press stays and says so, and the pages behind it lead back as ever.
  await tab(p, 'home')
  await top(p, '[data-tab=home].on').waitFor()
  await tap(p, 'way-doctors')
  await top(p, '[data-name^=doctor-]').first().waitFor()
  await back()
  await at('/pages/home/home', 'back from a page to the tab')
  await back()
  await page.getByText('再按一次返回键离开').first().waitFor()
  await page.screenshot({ path: `${out}/once-more.png` })
  await at('/pages/home/home', 'back on a tab')
  await tab(p, 'me')
  await top(p, '[data-tab=me].on').waitFor()
  await back()
  await at(ME, 'back on another tab')
  await tap(p, 'key')
  await see(p, 'make-key')
  await ownButton(p)
  await at(ME, 'the page\'s own button')
  await see(p, 'key')

  // A sheet that leads to another page: what it leads to is one page, and back leads to where the
  // sheet was.
  await tap(p, 'logout')
  await isThere('question')
  await stands(2)
  await page.locator('.uni-modal__btn_primary').click()
  await see(p, 'patient-09')
  await stands(0)
  await at('/', 'log-out') // the first page's short address
  await go(page, '/pages/login/login')
  if (!page.url().startsWith(base)) fault(`left the app: ${page.url()}`)
  await named(page, 'patient-09').waitFor()
}
