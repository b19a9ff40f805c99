// Nobody touches the screen here: a person gets in, goes about, makes a key and leaves with Tab,
// Enter, digits and Escape alone, and sees at every moment where the focus is.
import { base, named } from './browser.mjs'
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
      name: holder ? (holder.dataset.name ?? holder.dataset.tab ?? holder.dataset.side ?? holder.dataset.key) : '',
      seen:
        !e ||
        e === document.body ||
        around.some((x) => shown(getComputedStyle(x)) || shown(getComputedStyle(x, '::after'))) ||
        /^(INPUT|TEXTAREA)$/.test(e.tagName),
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

  /**
   * Tab goes down the page as the eye does, with no order of its own; what floats, such as the bar
   * of tabs, comes last.
   */
  const order = async (where) => {
    const faults = await p.page.evaluate(() => {
      const floats = (e) => {
        for (let up = e; up && up !== document.body; up = up.parentElement)
          if (/fixed|sticky/.test(getComputedStyle(up).position)) return true
        return false
      }
      const all = [...document.querySelectorAll('[tabindex],input,textarea,button,a[href]')].filter(
        (e) => e.checkVisibility({ visibilityProperty: true }) && e.tabIndex >= 0 && !/hidden|file/.test(e.type ?? ''),
      )
      const word = (e) => e.closest('[data-name],[data-tab]')?.dataset.name ?? e.outerHTML.slice(0, 60)
      const found = all.filter((e) => e.tabIndex > 0).map((e) => `${word(e)} has an order of its own`)
      const placed = all.filter((e) => !floats(e))
      for (const [i, e] of placed.entries()) {
        const [a, b] = [placed[i - 1]?.getBoundingClientRect(), e.getBoundingClientRect()]
        if (a && b.bottom <= a.top) found.push(`${word(e)} stands above ${word(placed[i - 1])} and comes after it`)
      }
      return placed.length ? found : ['nothing can be reached']
    })
    for (const f of faults) fault(`${where}: ${f}`)
  }

  await order('log-in')
  await enter('staff')
  await see(p, 'submit')
  await enter('patient')
  await enter('patient-09')
  await top(p, '[data-tab=home].on').waitFor()
  await order('home')
  await enter('me')
  await see(p, 'key')
  await order('me')
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
  await p.page.waitForFunction(
    (old) => document.querySelector('[role=dialog]')?.getAttribute('aria-label') !== old,
    asked,
  )
  for (const digit of PIN) await press(digit)
  await named(p.page, 'key-ready').waitFor({ timeout: CHAIN })
  await order('key')
  for (const [path, needs] of [
    ['/pages/doctors/doctors', '[data-name^=doctor-]'],
    ['/pages/profile/profile', '[data-name=real-name]'],
    ['/pages/search/search', '[data-name=search-all]'],
    ['/pkg-inbox/inbox/inbox', '.app'],
  ]) {
    await p.page.goto(`${base}/#${path}`)
    await top(p, needs).first().waitFor()
    await order(path)
  }
}
