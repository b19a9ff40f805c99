// 家人代办 on two phones: the mother's makes a code, the daughter's types it in, the mother's confirms;
// the daughter asks a doctor for her, then only reads, and a second after the right was taken back
// nothing is there any more.
import { setTimeout as pause } from 'node:timers/promises'
import { patientHands } from './hands.mjs'
import { patientArrives, see, tap, top, type } from './walk.mjs'

export const name = 'family'

const PATIENCE = 60_000
const complaint = '母亲血压高，来复诊续方'

/** Answers the question on the screen. */
async function yes({ page }) {
  await page.locator('.uni-modal__btn_primary:visible').click()
}

export async function run({ browser, out, fault }) {
  const [mother, daughter] = await Promise.all([
    patientArrives(browser, 'patient-09'),
    patientArrives(browser, 'patient-10'),
  ])
  const [hers, own] = await Promise.all([patientHands('patient-10'), patientHands('patient-09')])
  const { name: motherName } = await own.get('/v1/patients/me')
  const { name: daughterName } = await hers.get('/v1/patients/me')
  const shot = (p, what) => p.page.screenshot({ path: `${out}/${what}.png`, fullPage: true })
  const open = async (p) => {
    await p.page.goto(`${p.page.url().split('/#')[0]}/#/pkg-family/family/family`)
    await see(p, 'family-code', PATIENCE)
  }
  await Promise.all([mother, daughter].map(open))

  await tap(mother, 'invite')
  await see(mother, 'make-code')
  await shot(mother, 'invite')
  await tap(mother, 'make-code')
  const box = top(mother, '[data-name=relative-code]')
  await box.waitFor({ timeout: PATIENCE })
  const code = await box.getAttribute('data-code')
  await shot(mother, 'code')

  await type(daughter, 'family-code', code)
  await tap(daughter, 'enter-code')
  await see(daughter, 'other-asked', PATIENCE)
  if ((await daughter.page.locator('uni-page:visible').innerText()).includes(motherName))
    fault('who asks is shown the name of the owner')
  await shot(daughter, 'asked')

  await top(mother, '[data-name=mine-asked]').getByText(daughterName).waitFor({ timeout: PATIENCE })
  await shot(mother, 'confirm')
  await tap(mother, 'confirm-relative')
  await yes(mother)
  await see(mother, 'mine-confirmed', PATIENCE)
  await shot(mother, 'tied')
  await top(daughter, '[data-name=other-confirmed]').getByText(motherName).waitFor({ timeout: PATIENCE })
  await shot(daughter, 'helps')

  // which department: asked for the mother
  await daughter.page.goto(`${daughter.page.url().split('/#')[0]}/#/pages/triage/triage`)
  await tap(daughter, 'whom')
  await daughter.page.locator('.uni-actionsheet__cell:visible').filter({ hasText: motherName }).click()
  await top(daughter, '[data-name=whom]').getByText(motherName).waitFor({ timeout: PATIENCE })
  await shot(daughter, 'triage-for-mother')

  const { doctors } = await hers.get('/v1/doctors')
  const doctor = doctors[0].person
  await daughter.page.goto(`${daughter.page.url().split('/#')[0]}/#/pages/request/request?doctor=${doctor}`)
  await tap(daughter, 'whom')
  await daughter.page.locator('.uni-actionsheet__cell:visible').filter({ hasText: motherName }).click()
  await see(daughter, 'whom-acts', PATIENCE)
  await type(daughter, 'complaint', complaint)
  await shot(daughter, 'request')
  await tap(daughter, 'send-request')
  await see(daughter, 'say', PATIENCE)
  await see(daughter, 'whom-acts', PATIENCE)
  await type(daughter, 'say', '这两天头有点晕')
  await tap(daughter, 'send')
  await top(daughter, '[data-name=by]').getByText(daughterName).waitFor({ timeout: PATIENCE })
  await shot(daughter, 'visit')
  const { consultations } = await own.get('/v1/consultations')
  const visit = consultations.find((c) => c.intake.complaint === complaint)
  if (!visit) throw new Error('the visit is not the mother\'s')
  const [{ accesses }] = [await own.get('/v1/patients/me/accesses')]
  if (!accesses.some((a) => a.about === 'family' && a.subject === 'request-consultation' && a.person === hers.person))
    fault('what the daughter did is not noted')

  // Reads only: the room has nothing to write with, and the server takes nothing.
  await tap(mother, 'relative-acts')
  await see(daughter, 'only-reads', PATIENCE)
  await see(daughter, 'whom-reads', PATIENCE)
  await shot(daughter, 'only-reads')
  const refused = await hers
    .post(`/v1/consultations/${visit.id}/messages`, { kind: 'text', text: '不该送到' })
    .then(() => '', String)
  if (!/ 404 /.test(refused)) fault(`who only reads writes: ${refused}`)

  // Taken back: gone from the daughter's list within a second, without a touch.
  await daughter.page.goto(`${daughter.page.url().split('/#')[0]}/#/pages/visits/visits`)
  await see(daughter, `visit-${visit.id}`, PATIENCE)
  await tap(daughter, `whose-${hers.person}`)
  await top(daughter, `[data-name=visit-${visit.id}]`).waitFor({ state: 'detached', timeout: PATIENCE })
  await tap(daughter, `whose-${own.person}`)
  await see(daughter, `visit-${visit.id}`, PATIENCE)
  await shot(daughter, 'of-one')
  daughter.expects(/404.*\/v1\/consultations\?person=/) // the list asks once more for her whose right it no longer has
  await tap(mother, 'end-relative')
  const since = Date.now()
  await yes(mother)
  await top(daughter, `[data-name=visit-${visit.id}]`).waitFor({ state: 'detached', timeout: PATIENCE })
  const took = Date.now() - since
  console.log(`     taken back, and gone after ${took} ms`)
  if (process.env.HOSPITAL_QUIET && took > 1000) fault(`taken back, and gone after ${took} ms`)
  await see(mother, 'mine-none', PATIENCE)
  const gone = await hers.get(`/v1/consultations/${visit.id}`).then(() => '', String)
  if (!/ 404 /.test(gone)) fault(`still read: ${gone}`)
  await mother.page.goto(`${mother.page.url().split('/#')[0]}/#/pages/access/access?person=me`)
  await top(mother, '[data-name=access]').first().waitFor({ timeout: PATIENCE })
  await pause(300)
  await shot(mother, 'accesses')
}
