// Finding a doctor: the server's search by disease and initials, a photo that an administrator
// shows, a played doctor who answers marked lines; after the medicine: times, reminders without and
// with names, asking again, a rating.
import { readFile } from 'node:fs/promises'
import { go, named } from './browser.mjs'
import { patientHands, staffHands, until } from './hands.mjs'
import { patientArrives, tap, top, type } from './walk.mjs'
import { furnish } from './ward.mjs'

export const name = 'doctors'
export const own = true

const photo = async (browser) => {
  const page = await browser.newPage({ viewport: { width: 400, height: 500 } })
  await page.setContent('<body style="margin:0;background:linear-gradient(#8ac,#246)"></body>')
  const bytes = await page.screenshot({ type: 'jpeg' })
  await page.close()
  return bytes
}

export async function run({ browser, out, fault }) {
  const world = await furnish(browser)
  const [doctor, admin, hand] = await Promise.all([
    staffHands('doctor.li'),
    staffHands('admin'),
    patientHands('patient-01'),
  ])
  const form = new FormData()
  form.append('file', new Blob([await photo(browser)], { type: 'image/jpeg' }), 'me.jpg')
  const sent = await doctor.post('/v1/practitioners/me/photo', form)
  await admin.post(`/v1/admin/practitioners/${doctor.person}/photo`, { digest: sent.digest, show: true })

  const patient = await patientArrives(browser, 'patient-01')
  await go(patient.page, '/pages/doctors/doctors')
  await type(patient, 'search', '高血压')
  const li = top(patient, `[data-name=doctor-${doctor.person}]`)
  await li.waitFor()
  await until(
    'the photo',
    async () =>
      (await li
        .locator('img')
        .first()
        .evaluate((i) => i.naturalWidth)
        .catch(() => 0)) > 0,
  )
  await patient.page.screenshot({ path: `${out}/doctors.png`, fullPage: true })
  await type(patient, 'search', 'lzx')
  const played = top(patient, '[data-name^=doctor-]').filter({ hasText: '乐知行' })
  await played.getByText('演示', { exact: true }).waitFor()
  await until('the others to go', async () => (await top(patient, '[data-name^=doctor-]').count()) === 1)
  await played.click()
  await type(patient, 'complaint', '睡不好')
  await tap(patient, 'send-request')
  await patient.page.waitForURL(/chat/)
  const lines = () => named(patient.page, 'message').allInnerTexts()
  const answer = async (n) => {
    await until(`line ${n}`, async () => (await lines()).filter((l) => l.startsWith('【演示')).length === n)
    await type(patient, 'say', '一周了')
    await tap(patient, 'send')
  }
  await answer(2)
  await patient.page.screenshot({ path: `${out}/played.png`, fullPage: true })
  await answer(3)
  await until('the end', async () => (await lines()).filter((l) => l.startsWith('【演示')).length === 4)

  const { content } = await hand.get(`/v1/prescriptions/${world.dispensed}`)
  await go(patient.page, `/pages/medicine/medicine?id=${world.dispensed}`)
  await named(patient.page, 'how-to').first().waitFor()
  if (!/\d\d:\d\d/.test((await named(patient.page, 'times').allInnerTexts()).join())) fault('no times')
  await patient.page.screenshot({ path: `${out}/medicine.png`, fullPage: true })
  const save = async () => {
    const [file] = await Promise.all([patient.page.waitForEvent('download'), tap(patient, 'save-reminders')])
    return readFile(await file.path(), 'utf8')
  }
  const drug = content.items[0].nameZh
  const quiet = (await save()).replace(/\r\n /g, '')
  if (!quiet.includes('BEGIN:VALARM') || quiet.includes(drug) || quiet.includes(world.dispensed))
    fault('the reminders tell a name before anybody said so')
  await tap(patient, 'with-names')
  if (!(await save()).replace(/\r\n /g, '').includes(drug)) fault('the reminders lack the names that were wanted')
  await tap(patient, 'again')
  await until('the words', async () =>
    (await named(patient.page, 'complaint').locator('textarea').inputValue()).includes(drug),
  )
  await patient.page.screenshot({ path: `${out}/again.png`, fullPage: true })

  if ((await hand.get(`/v1/consultations/${content.visit}`)).state === 'finished') {
    await go(patient.page, `/pages/chat/chat?id=${content.visit}`)
    await tap(patient, 'star-4')
    await type(patient, 'rating-words', '讲得清楚')
    await tap(patient, 'send-rating')
    await until(
      'the rating',
      async () => (await hand.get(`/v1/consultations/${content.visit}/rating`).catch(() => ({}))).stars === 4,
    )
    await patient.page.screenshot({ path: `${out}/rating.png`, fullPage: true })
  } else fault('the visit is not finished')
}
