// An appointment by clicking: the doctor sets hours, the patient takes a session, the doctor's
// queue shows it, the patient reads who opened the record.
import { go, named } from './browser.mjs'
import { agree, choose, patientArrives, staffArrives, tap, top } from './walk.mjs'

export const name = 'appointment'

export async function run({ server, browser, out }) {
  const [patient, doctor] = await Promise.all([
    patientArrives(browser, 'patient-03'),
    staffArrives(browser, 'doctor.zhang', 'doctor'),
  ])
  await tap(doctor, 'to-hours')
  await named(doctor.page, 'session').first().waitFor()
  const sessions = await named(doctor.page, 'session').count()
  await named(doctor.page, 'remove-session').last().click()
  await go(doctor.page, '/pkg-doctor/home/home')
  await tap(doctor, 'to-hours')
  await named(doctor.page, 'dismiss-hours').waitFor() // what was changed is there when the page was left
  if ((await named(doctor.page, 'session').count()) !== sessions - 1) throw new Error('the session is back')
  await tap(doctor, 'add-session')
  await tap(doctor, 'save-hours')
  await doctor.page.getByText('已保存').waitFor()
  await named(doctor.page, 'dismiss-hours').waitFor({ state: 'detached' })
  if ((await named(doctor.page, 'session').count()) !== sessions) throw new Error('a session was lost')
  await doctor.page.screenshot({ path: `${out}/appointment-hours.png` })

  await go(patient.page, '/pages/doctors/doctors')
  const card = patient.page.locator('[data-name^=doctor-]:visible').filter({ hasText: '张建国' })
  await card.getByText('下一号源').waitFor()
  await patient.page.screenshot({ path: `${out}/appointment-doctors.png` })
  await card.click()
  await named(patient.page, 'complaint').locator('textarea').fill('咳嗽复诊')
  const doctorId = new URL(patient.page.url()).hash.split('doctor=')[1]
  const { slots } = await (await fetch(`${server.url}/v1/doctors/${doctorId}/slots`)).json()
  const last = slots.filter((s) => s.free > 0)[2] // one a day: the third is beyond tomorrow, and still on the wheel
  const clock = (at) => at.slice(11, 16)
  const day = `${Number(last.start.slice(5, 7))}月${Number(last.start.slice(8, 10))}日`
  const weekday = '日一二三四五六'[new Date(`${last.start.slice(0, 10)}T00:00:00Z`).getUTCDay()]
  await choose(
    top(patient, '.app-card').filter({ has: patient.page.locator('[data-name=when]') }),
    'when',
    `${day} 周${weekday} ${clock(last.start)}\u2060–\u2060${clock(last.end)} 余 ${last.free}`,
  )
  await patient.page.screenshot({ path: `${out}/appointment-request.png` })
  await tap(patient, 'send-request')
  await patient.page.waitForURL(/chat/)
  const chat = new URL(patient.page.url()).hash.slice(1)
  await named(patient.page, 'appointment').filter({ hasText: '1 号' }).waitFor()
  await patient.page.screenshot({ path: `${out}/appointment-chat.png` })

  await go(doctor.page, '/pkg-doctor/home/home')
  await named(doctor.page, 'appointment').filter({ hasText: '1 号' }).waitFor()
  await doctor.page.screenshot({ path: `${out}/appointment-queue.png` })
  await named(doctor.page, 'open-visit').filter({ hasText: '1 号' }).click() // the others who wait may stand before it
  await named(doctor.page, 'appointment').waitFor()

  await go(patient.page, '/pages/profile/profile')
  await tap(patient, 'to-access')
  await named(patient.page, 'access').filter({ hasText: '张建国' }).filter({ hasText: '接诊医生' }).first().waitFor()
  await patient.page.screenshot({ path: `${out}/appointment-access.png` })

  // 停诊: the doctor does not hold the session; the patient's open chat says so by itself
  await go(patient.page, chat)
  await named(patient.page, 'appointment').waitFor()
  await go(doctor.page, '/pkg-doctor/home/home')
  await tap(doctor, 'to-hours')
  const session = named(doctor.page, 'coming-session').filter({ hasText: `${day} 周${weekday}` }).filter({
    hasText: clock(last.start),
  })
  await session.filter({ hasText: '已约 1 /' }).waitFor()
  await session.locator('[data-name=close-session]').click()
  await doctor.page.getByText('已约 1 位患者').waitFor()
  await agree(doctor)
  await session.filter({ hasText: '已停诊' }).waitFor()
  await doctor.page.screenshot({ path: `${out}/appointment-closed.png`, fullPage: true })
  await named(patient.page, 'cancelled-why').filter({ hasText: '停诊' }).waitFor()
  await patient.page.screenshot({ path: `${out}/appointment-not-held.png` })
  await go(patient.page, `/pages/doctor/doctor?person=${doctorId}`)
  await patient.page.getByText('停诊').first().waitFor()
  await patient.page.screenshot({ path: `${out}/appointment-doctor-closed.png`, fullPage: true })
}
