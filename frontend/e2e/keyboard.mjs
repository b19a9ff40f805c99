// Nobody touches the screen here: a person gets in, goes about, makes a key and leaves with Tab, Enter, digits and Escape alone, and
// sees at every moment where the focus is.
import { named } from './browser.mjs'
import { CHAIN, PIN, arrive, see, top } from './walk.mjs'

export const name = 'keyboard'

const mostSteps = 60 // Tab presses within which everything on a page is reached

export async function run({ browser, out, fault }) {
  const p = await arrive(browser, 'keyboard')
  const press = (key) => p.page.keyboard.press(key)

  /** What has the focus, and whether the eye can find it. */
  const focus = () => p.page.evaluate(() => {
    const e = document.activeElement
    const holder = e?.closest('[data-name], [data-tab], [data-side], [data-key]')
    const shown = (s) => (s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) > 0) || s.boxShadow !== 'none'
    const around = [e, e?.parentElement, holder].filter(Boolean)
    return {
      what: e?.outerHTML.slice(0, 120),
      name: holder ? holder.dataset.name ?? holder.dataset.tab ?? holder.dataset.side ?? holder.dataset.key : '',
      seen: !e || e === document.body || around.some((x) => shown(getComputedStyle(x)) || shown(getComputedStyle(x, '::after'))) || /^(INPUT|TEXTAREA)$/.test(e.tagName),
    }
  })

  /** Tabs on until the thing has the focus. */
  async function reach(wanted) {
    for (let i = 0; i < mostSteps; i++) {
      const at = await focus()
      if (!at.seen) fault(`the focus on ${at.name || at.what} cannot be seen`)
      if (at.name === wanted) return
      await press('Tab')
    }
    throw new Error(`Tab does not reach ${wanted}`)
  }
  const enter = async (wanted) => {
    await reach(wanted)
    await press('Enter')
  }

  await enter('staff')
  await see(p, 'submit')
  await enter('patient')
  await enter('patient-09')
  await top(p, '[data-tab=home].on').waitFor()
  await enter('me')
  await see(p, 'key')
  await enter('key')
  await see(p, 'make-key')
  await enter('make-key')
  await p.page.locator('[data-key="1"]').waitFor()
  await p.page.screenshot({ path: `${out}/pin.png` })
  await press('Escape')
  await p.page.locator('[data-key="1"]').waitFor({ state: 'hidden' })
  await enter('make-key')
  await p.page.locator('[data-key="1"]').waitFor()
  const sheet = p.page.getByRole('dialog')
  const asked = await sheet.getAttribute('aria-label')
  for (const digit of PIN) await press(digit)
  await p.page.waitForFunction((old) => document.querySelector('[role=dialog]')?.getAttribute('aria-label') !== old, asked)
  for (const digit of PIN) await press(digit)
  await named(p.page, 'key-ready').waitFor({ timeout: CHAIN })
}
