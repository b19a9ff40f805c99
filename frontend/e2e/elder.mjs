// The elder mode is a mode: the title bar is large as well, home has four tiles, one button that
// calls by telephone or leads to a doctor online, and what is to be done is read aloud.
import { base, named } from './browser.mjs'
import { arrive, see, tap, top } from './walk.mjs'

export const name = 'elder'

export async function run({ browser, out, fault }) {
  const settings = { language: 'zh-Hans', theme: 'light', scale: 1.4 }
  const p = await arrive(browser, 'elder', { settings })
  await tap(p, 'patient-09')
  const { page } = p
  await see(p, 'call')
  const tiles = await top(p, '[data-name^=way-]').count()
  if (tiles !== 4) fault(`home has ${tiles} tiles`)
  const title = await page
    .locator('.uni-page-head__title:visible')
    .first()
    .evaluate((e) => parseFloat(getComputedStyle(e).fontSize))
  if (title < 22) fault(`the title bar's text is ${title} px`)
  for (const b of ['call', 'aloud']) {
    const { height } = await top(p, `[data-name=${b}]`).boundingBox()
    if (height < 60) fault(`${b} is ${height} px high`)
  }

  // What the device's voice is given.
  await page.evaluate(() => {
    globalThis.said = []
    speechSynthesis.speak = (u) => globalThis.said.push([u.lang, u.text])
  })
  await tap(p, 'aloud')
  const [[lang, text]] = await page.evaluate(() => globalThis.said)
  if (lang !== 'zh-CN' || !text.startsWith('待办')) fault(`read aloud is ${lang} ${text}`)
  await page.screenshot({ path: `${out}/home.png`, fullPage: true })

  // A hospital that gives a telephone: both roads; one that gives none: online.
  await page.route('**/v1/contact', (route) => route.fulfill({ json: { phone: '021-00000000' } }))
  await tap(p, 'call')
  await page.locator('.uni-actionsheet__menu .uni-actionsheet__cell:visible').first().waitFor()
  const roads = await page.locator('.uni-actionsheet__menu .uni-actionsheet__cell:visible').allInnerTexts()
  if (roads.length !== 2 || !roads[0].includes('021-00000000')) fault(`calling offers ${roads}`)
  await page.locator('.uni-actionsheet__menu .uni-actionsheet__cell').last().click()
  await top(p, '[data-name^=doctor-]').first().waitFor()
  await page.unrouteAll()
  await page.goto(`${base}/?again#/pages/home/home`)
  await tap(p, 'call')
  await top(p, '[data-name^=doctor-]').first().waitFor()
  if (!(await named(page, 'search').count())) fault('without a telephone the call leads nowhere')
}
