// The counter by clicking: a claim, ten checks, trace codes, handing out; a second one claimed and given back; stock.
//   HOSPITAL_URL=… PICKUPS="RXP1:… RXP1:…" node e2e/pharmacy.mjs OUT     (two paid prescriptions' pick-up texts)
import { mkdir } from 'node:fs/promises'
import { enrolKey, enterPIN, loginStaff, named, open, person } from './browser.mjs'

const PIN = '864213'
const out = process.argv[2] ?? 'e2e/out'
await mkdir(out, { recursive: true })
const [first, second] = (process.env.PICKUPS ?? '').split(/\s+/).filter(Boolean)
const browser = await open()
const { page, faults } = await person(browser)
const shot = async (name) => {
  await page.waitForTimeout(350)
  await page.screenshot({ path: `${out}/pharmacy-${name}.png`, fullPage: true })
}
const tap = (name) => named(page, name).click()
const sign = async () => {
  await tap('sign')
  await enterPIN(page, PIN)
}

async function claim(pickup) {
  await page.locator('[data-tab=scan]').click().catch(() => undefined)
  await named(page, 'pickup').locator('textarea').fill(pickup)
  await tap('lookup')
  await named(page, 'claim').waitFor()
  await shot('lookup')
  await tap('claim')
  await named(page, 'sign').waitFor()
  await shot('claim-sign')
  await sign()
  await named(page, 'fate-committed').waitFor({ timeout: 30_000 })
}

await loginStaff(page, 'pharmacy.p1')
await enrolKey(page, PIN)
await page.goto(page.url().replace(/#.*/, '#/pkg-pharmacy/home/home'))
await named(page, 'pickup').waitFor()
await shot('home')

await named(page, 'pickup').locator('textarea').fill('not a code')
await tap('lookup')
await page.getByRole('alert').first().waitFor()

await claim(first)
await shot('claimed')
for (const point of await page.locator('[role=checkbox]').all()) await point.click()
const items = await page.locator('[data-name^="trace-"]:has(input)').all()
for (const [i, item] of items.entries()) {
  const input = item.locator('input')
  const prefix = (await item.locator('.uni-input-placeholder').innerText()).match(/\d{7}/)[0]
  await input.fill('99999990000000000000')
  await item.getByRole('alert').waitFor()
  const [, all] = (await item.locator('[role=status]').innerText()).split('/')
  for (let k = 0; k < Number(all); k++) await input.fill(prefix + String(Date.now()).slice(-9) + String(i * 100 + k).padStart(4, '0'))
}
await shot('ready')
await tap('dispense')
await named(page, 'sign').waitFor()
await shot('dispense-sign')
await sign()
await named(page, 'record').waitFor()
await shot('dispensed')
await tap('record')
await named(page, 'check-receipt').click()
await named(page, 'verdict-good').waitFor()
await shot('receipt')

if (second) {
  await page.goto(page.url().replace(/#.*/, '#/pkg-pharmacy/home/home'))
  await claim(second)
  await tap('release')
  await named(page, 'reason').locator('textarea').fill('患者改到别处取药')
  await tap('release-prepare')
  await named(page, 'sign').waitFor()
  await sign()
  await page.waitForURL(/home\/home/)
}
await page.locator('[data-tab=stock]').click()
await page.locator('[data-name^="stock-"][role=button]').first().click()
await named(page, 'packages').locator('input').fill('12')
await named(page, 'stock-reason').locator('input').fill('到货单 0042')
await shot('stock')
await tap('stock-save')
await named(page, 'packages').waitFor({ state: 'detached' })
await page.locator('[data-tab=scan]').click()
await shot('home-after')
await browser.close()
console.log(faults.length ? faults.join('\n') : 'no faults')
process.exit(faults.length ? 1 : 0)
