// Screenshots and axe of the pages that need no story:  HOSPITAL_URL=http://127.0.0.1:8080 node e2e/look.mjs OUT
import { mkdir } from 'node:fs/promises'
import AxeBuilder from '@axe-core/playwright'
import { enrolKey, go, loginPatient, loginStaff, named, open, person } from './browser.mjs'

const out = process.argv[2] ?? 'e2e/out'
await mkdir(out, { recursive: true })
const modes = {
  light: { language: 'zh-Hans', theme: 'light', scale: 1 },
  dark: { language: 'zh-Hans', theme: 'dark', scale: 1 },
  elder: { language: 'zh-Hans', theme: 'light', scale: 1.4 },
  large: { language: 'zh-Hans', theme: 'dark', scale: 1.8 },
  english: { language: 'en', theme: 'light', scale: 1 },
}
const faults = []
const browser = await open()

async function look(p, mode, name) {
  await p.page.waitForTimeout(400)
  await p.page.screenshot({ path: `${out}/${mode}-${name}.png` })
  const { violations } = await new AxeBuilder({ page: p.page }).analyze()
  for (const v of violations) if (v.impact === 'serious' || v.impact === 'critical') faults.push(`${mode} ${name}: ${v.id}: ${v.nodes.map((n) => n.target.join(' ')).slice(0, 3).join(' | ')}`)
}

for (const [mode, settings] of Object.entries(modes)) {
  const p = await person(browser, { settings })
  await go(p.page, '/pages/login/login')
  await named(p.page, 'patient-01').waitFor()
  await look(p, mode, 'login')
  await p.page.locator('[data-side=staff]').click()
  await look(p, mode, 'login-staff')
  await loginPatient(p.page)
  await look(p, mode, 'home')
  if (mode === 'light') await enrolKey(p.page)
  await go(p.page, '/pages/key/key')
  await named(p.page, 'make-key').waitFor()
  await look(p, mode, 'key')
  await named(p.page, 'make-key').click()
  await look(p, mode, 'pin')
  await go(p.page, '/pages/me/me')
  await look(p, mode, 'me')
  await p.page.locator('[data-name=language]').click()
  await look(p, mode, 'sheet')
  faults.push(...p.faults.map((f) => `${mode}: ${f}`))
  await p.context.close()
}
for (const login of ['doctor.li', 'reviewer.zhou', 'pharmacy.p1', 'regulator', 'admin']) {
  const p = await person(browser, { settings: modes.light })
  await loginStaff(p.page, login)
  await look(p, 'light', login)
  faults.push(...p.faults.map((f) => `${login}: ${f}`))
  await p.context.close()
}
await browser.close()
console.log(faults.length ? faults.join('\n') : 'no faults')
process.exit(faults.length ? 1 : 0)
