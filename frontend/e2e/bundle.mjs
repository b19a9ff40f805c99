// A paid prescription carried in a bundle: kept on the patient's phone, there while the hospital
// does not answer, saved as a file, and brought to the counter, where it is claimed as any other.
// cmd/hospital's redeem test has the two applications and nodes.
import { readFileSync } from 'node:fs'
import { CHAIN, agree, back, makeKey, patientArrives, see, sign, staffArrives, tab, tap, top, type } from './walk.mjs'
import { onePaid } from './ward.mjs'

export const name = 'bundle'

export async function run({ browser, out, fault }) {
  const id = await onePaid('patient-03')
  const patient = await patientArrives(browser, 'patient-03')
  const shot = (p, what) => p.page.screenshot({ path: `${out}/${what}.png`, fullPage: true })
  await tap(patient, `rx-${id}`)
  await tap(patient, 'to-pickup')
  await tap(patient, 'to-transfer')
  await see(patient, 'bundle-here', CHAIN)
  await shot(patient, 'kept')
  for (let i = 0; i < 3; i++) await back(patient) // pick-up, prescription, home

  patient.expects(/ERR_FAILED/) // the hospital is away
  await patient.page.route('**/v1/**', (route) => route.abort())
  await tab(patient, 'me')
  await tap(patient, 'to-transfers')
  // Known without the hospital by what it is about: medicines, doctor and date, no bare number.
  await see(patient, `kept-${id}`)
  const kept = await top(patient, `[data-name="kept-${id}"]`).innerText()
  if (!/李明德/.test(kept) || !/月\d+日开具/.test(kept) || !/片|胶囊/.test(kept) || kept.includes(id))
    fault(`a kept code is called ${kept}`)
  await shot(patient, 'list')
  await tap(patient, `kept-${id}`)
  const [file] = await Promise.all([patient.page.waitForEvent('download'), tap(patient, 'save-bundle')])
  const bundle = readFileSync(await file.path(), 'utf8')
  if (JSON.parse(bundle).prescription !== id || file.suggestedFilename() !== `${id}.json`)
    fault(`saved as ${file.suggestedFilename()}: ${bundle.slice(0, 80)}`)

  const pharmacy = await staffArrives(browser, 'pharmacy.p1', 'pharmacy')
  await makeKey(pharmacy)
  await tap(pharmacy, 'go-bring')
  pharmacy.expects(/status of 422/) // a forged one
  await type(
    pharmacy,
    'bundle',
    bundle.replace(/"accessCode":"./, '"accessCode":"').replace('","evidence', 'A","evidence'),
  )
  await tap(pharmacy, 'bring')
  await agree(pharmacy)
  await type(pharmacy, 'bundle', bundle)
  await tap(pharmacy, 'bring')
  await see(pharmacy, 'claim')
  await shot(pharmacy, 'brought')
  await tap(pharmacy, 'claim')
  await sign(pharmacy)
  await see(pharmacy, 'fate-committed', CHAIN)
}
