// The README's pictures, small ones of the main screens:  HOSPITAL_BINARY=… node e2e/shots.mjs
import { mkdir } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { at, cleanUp, go, named, open, person } from './browser.mjs'
import { startServer } from './server.mjs'
import { enter, modes, rest } from './tour.mjs'
import { furnish } from './ward.mjs'

const out = fileURLToPath(new URL('../../app/docs/shots/', import.meta.url))
await mkdir(out, { recursive: true })
const server = await startServer()
at(server.url)

try {
  const browser = await open()
  const ward = await furnish(browser)
  const kept = await enter(browser)

  /** Opens a page as somebody, waits until it shows what it is about, and takes the screen. */
  async function shoot(name, role, path, needs, act) {
    const { context, page } = await person(browser, {
      settings: modes.light,
      label: name,
      deviceScaleFactor: 1,
      storageState: kept[role],
    })
    const rested = rest(page)
    await go(page, path)
    await page.locator(`${needs}:visible`).first().waitFor()
    await act?.(page)
    await rested()
    await page.screenshot({ path: `${out}${name}.jpg`, type: 'jpeg', quality: 70, animations: 'disabled' })
    await context.close()
  }

  await shoot('home', 'patient', '/pages/home/home', '[data-name^=rx-]')
  await shoot('chat', 'patient', `/pages/chat/chat?id=${ward.visit}`, '.picture .image', async (page) => {
    await named(page, 'card-pickup').first().waitFor()
    await page.locator('.picture .image:visible').first().evaluate((e) => e.scrollIntoView({ block: 'center' }))
  })
  await shoot('proof', 'patient', `/pages/rx/rx?id=${ward.dispensed}`, '[data-name=verify]', async (page) => {
    await named(page, 'verify').click()
    await named(page, 'proof-good').waitFor()
    await named(page, 'verify').scrollIntoViewIfNeeded()
  })
  await shoot('pay', 'patient', `/pages/pay/pay?id=${ward.approved}`, '[data-name=pay]')
  await shoot('pickup', 'patient', `/pages/pickup/pickup?id=${ward.paid}`, '[data-name^=pharmacy-]')
  await shoot('prescribe', 'doctor', `/pkg-doctor/prescribe/prescribe?draft=${ward.review}`, '[data-rule]')
  await shoot('dispense', 'dispenser', `/pkg-pharmacy/rx/rx?id=${ward.claimed}`, '[role=checkbox]', async (page) => {
    for (const point of (await page.locator('[role=checkbox]:visible').all()).slice(0, 7)) await point.click()
  })
  await shoot(
    'explorer',
    'regulator',
    `/pkg-regulator/subject/subject?id=rx:${ward.dispensed}`,
    '[data-name=check-proof]',
  )
} finally {
  await cleanUp()
  await server.close()
}
