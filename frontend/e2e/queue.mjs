// The queue is fair: who asked first stands first, at the doctor's and by the place the patient
// sees, on the second page as well; and an event does not throw a list back to its first page.
import { patientHands, staffHands, ward } from './hands.mjs'
import { patientArrives, staffArrives, top } from './walk.mjs'

export const name = 'queue'
export const own = true

const PATIENCE = 60_000
/** What a page of the doctor's list holds. */
const PAGE = 20

export async function run({ browser, out, fault }) {
  const doctor = await staffArrives(browser, 'doctor.wang', 'doctor')
  const med = await staffHands('doctor.wang')
  doctor.expects(/status of 404 .*\/patient\)/) // of visits that are cancelled as soon as they are asked for
  await med.put('/v1/practitioners/me/presence', { online: true })
  // The demo has fewer patients than a page has rows: their children ask as well.
  const people = (await ward()).patients ?? []
  const asked = []
  for (const p of people) {
    const hand = await patientHands(p.user)
    const open = (await hand.get('/v1/consultations?state=requested&state=accepted&state=active')).consultations ?? []
    if (open.some((c) => c.doctor === med.person)) continue
    const complaint = asked.length === 1 ? '偶尔胸痛，来复诊' : `复诊 ${p.user}`
    const { id } = await hand
      .post('/v1/consultations', { doctor: med.person, complaint, duration: '两天' })
      .catch(() => ({}))
    if (id) asked.push({ id, user: p.user })
  }
  if (asked.length < 3) throw new Error(`only ${asked.length} patients could ask`)

  const list = await med.get('/v1/consultations?order=waiting&limit=2&state=requested&state=accepted&state=active')
  const inOrder = async () =>
    (await top(doctor, '[data-visit]').evaluateAll((all) => all.map((e) => e.dataset.visit))).filter((id) =>
      asked.some((a) => a.id === id),
    )
  await top(doctor, `[data-visit=${asked.at(-1).id}]`).waitFor({ timeout: PATIENCE })
  const seen = await inOrder()
  if (seen.join() !== asked.map((a) => a.id).join())
    fault(`the doctor sees ${seen}, asked was ${asked.map((a) => a.id)}`)
  const size = await top(doctor, '[data-name=queue-size]').innerText()
  if (!size.includes(`${list.queue.waiting} 人候诊`))
    fault(`the doctor's count says ${size}, waiting are ${list.queue.waiting}`)
  if (!(await top(doctor, `[data-visit="${asked[1].id}"] [data-name=marks]`).innerText()).includes('胸痛'))
    fault('chest pain is not marked')
  await doctor.page.screenshot({ path: `${out}/doctor.png`, fullPage: true })

  const last = asked.at(-1)
  const patient = await patientArrives(browser, last.user)
  const card = top(patient, `[data-name=visit-${last.id}]`)
  await card.waitFor({ timeout: PATIENCE })
  const place = async () => Number(await card.locator('[data-place]').getAttribute('data-place'))
  if ((await place()) !== list.queue.waiting) fault(`the last of ${list.queue.waiting} has place ${await place()}`)
  await card.click()
  await top(patient, '[data-name=estimate]').waitFor()
  if (!/暂无预计时间|实测/.test(await top(patient, '[data-name=estimate]').innerText()))
    fault('an estimate that says not what it rests on')
  await patient.page.screenshot({ path: `${out}/patient.png` })
  // One ahead is seen: the place moves on by itself.
  const before = await top(patient, '.place [data-place]').getAttribute('data-place')
  await med.post(`/v1/consultations/${asked[0].id}/accept`)
  await med.post(`/v1/consultations/${asked[0].id}/start`)
  await top(patient, `.place [data-place="${before - 1}"]`).waitFor({ timeout: PATIENCE })

  // Thirty visits in the list of the ended ones, the second page open, and something happens: it
  // stays open.
  for (const a of asked) await med.post(`/v1/consultations/${a.id}/cancel`, { reason: '测试' })
  const hands = await Promise.all(asked.map((a) => patientHands(a.user))) // one alone may not give up so often
  const comeAndGo = async (n) => {
    const hand = hands[n % hands.length]
    const { id } = await hand.post('/v1/consultations', { doctor: med.person, complaint: `第 ${n} 次` })
    await hand.post(`/v1/consultations/${id}/cancel`, {})
    return id
  }
  for (let n = asked.length; n < PAGE + 4; n++) await comeAndGo(n)
  await top(doctor, '[data-name=closed-visits]').click()
  await top(doctor, '[data-visit]').nth(PAGE - 1).waitFor({ timeout: PATIENCE })
  for (let tries = 0; (await top(doctor, '[data-visit]').count()) <= PAGE; tries++) {
    if (tries > 100) throw new Error('no second page')
    await doctor.page.mouse.wheel(0, 4000)
    await doctor.page.waitForTimeout(200)
  }
  const shown = await top(doctor, '[data-visit]').count()
  const id = await comeAndGo(PAGE + 4)
  await top(doctor, `[data-visit=${id}]`).waitFor({ state: 'attached', timeout: PATIENCE })
  const after = await top(doctor, '[data-visit]').count()
  if (after < shown) fault(`an event left ${after} of ${shown} visits in the list`)
}
