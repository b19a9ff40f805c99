// Two people in one consultation room: request, accept, start, messages both ways, read mark, a picture, what is typed
// while the server is away. RESTART_DOWN and RESTART_UP: commands that stop and start the server.
import { execSync, spawn } from 'node:child_process'
import { go, loginPatient, loginStaff, named, open, person } from './browser.mjs'

const shots = process.env.SHOTS
const browser = await open()
const [patient, doctor] = [await person(browser), await person(browser)]
const say = async (page, text) => {
  await named(page, 'say').locator('input').fill(text)
  await named(page, 'send').click()
}
const sees = (page, text) => page.locator('[data-name=message]', { hasText: text }).waitFor({ timeout: 30_000 })

await loginPatient(patient.page, process.env.PATIENT ?? 'patient-03')
await go(patient.page, '/pages/doctors/doctors')
await named(patient.page, 'search').locator('input').fill('王')
await patient.page.locator('[data-name^=doctor-]').first().click()
await named(patient.page, 'complaint').locator('textarea').fill('高血压复诊')
await named(patient.page, 'send-request').click()
await named(patient.page, 'say').waitFor()
const room = patient.page.url().split('#')[1]

await loginStaff(doctor.page, 'doctor.wang')
await go(doctor.page, room)
await named(doctor.page, 'step-accept').click()
await named(doctor.page, 'step-start').click()
await named(doctor.page, 'step-finish').waitFor()
await say(doctor.page, '您好，最近血压多少？')
await sees(patient.page, '最近血压多少')
await say(patient.page, '早上一百三十五')
await sees(doctor.page, '一百三十五')
await named(patient.page, 'read').waitFor()

const [chooser] = await Promise.all([patient.page.waitForEvent('filechooser'), named(patient.page, 'picture').click()])
await chooser.setFiles({ name: 'a.png', mimeType: 'image/png', buffer: Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64') })
await doctor.page.locator('.picture .image').first().waitFor({ timeout: 15_000 })
if (shots) await patient.page.screenshot({ path: `${shots}/chat-patient.png` })
if (shots) await doctor.page.screenshot({ path: `${shots}/chat-doctor.png` })

if (process.env.RESTART_DOWN) {
  execSync(process.env.RESTART_DOWN)
  await named(patient.page, 'link').waitFor({ timeout: 30_000 })
  await say(patient.page, '断网时写的话')
  await named(patient.page, 'unsent').waitFor()
  if (shots) await patient.page.screenshot({ path: `${shots}/chat-away.png` })
  spawn('sh', ['-c', process.env.RESTART_UP], { detached: true, stdio: 'ignore' }).unref()
  // A demo keeps its sessions in memory: both are asked to log in again, and what was typed is still there.
  await patient.page.locator('[data-side=patient]').waitFor({ timeout: 30_000 })
  await doctor.page.locator('[data-side=patient]').waitFor({ timeout: 30_000 })
  await loginPatient(patient.page, process.env.PATIENT ?? 'patient-03')
  await go(patient.page, room)
  await loginStaff(doctor.page, 'doctor.wang')
  await go(doctor.page, room)
  await sees(doctor.page, '断网时写的话')
  await named(patient.page, 'unsent').waitFor({ state: 'detached', timeout: 30_000 })
}
await named(doctor.page, 'step-finish').waitFor()
await browser.close()
console.log('ok')
