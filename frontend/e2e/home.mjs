// Home: what the patient can pay stands before what others are at, whatever page of the list it is
// on, and only the urgent one is filled; the search finds doctors, departments, medicines and own
// papers.
import { patientHands } from './hands.mjs'
import { patientArrives, tap, top, type } from './walk.mjs'
import { furnish } from './ward.mjs'

export const name = 'home'
export const own = true

export async function run({ browser, out, fault }) {
  await furnish(browser)
  const patient = await patientArrives(browser, 'patient-01')
  const hand = await patientHands('patient-01')
  await top(patient, '[data-name^=rx-]').first().waitFor()
  const order = await top(patient, '[data-name^=rx-] [data-status]').evaluateAll((all) =>
    all.map((e) => e.dataset.status),
  )
  const rank = { approved: 0, ready: 1, paid: 1, claimed: 2, signed: 3 }
  if (order.some((s, i) => i && rank[s] < rank[order[i - 1]])) fault(`home stands in the order ${order}`)
  const filled = await top(patient, '[data-name=card-pay].money, [data-name=card-pickup].primary').count()
  if (filled > 1) fault(`${filled} buttons are filled`)
  // The health card says whose it is, what the insurance is, and opens the code of identity.
  const { name, idNumber } = await hand.get('/v1/patients/me')
  await top(patient, '[data-name=insurance]').getByText('医保电子凭证').waitFor()
  const card = (await top(patient, '[data-name=health]').innerText()).replace('\u200b', '')
  for (const words of [name, idNumber, '已实名', '身份码'])
    if (!card.includes(words)) fault(`the health card lacks ${words}: ${card}`)
  // The banner has the hospital's own name, and its own line where it gives one.
  const contact = await hand.get('/v1/contact')
  if (!contact.name) fault('the hospital has no name')
  await top(patient, '[data-name=banner]').getByText(contact.name, { exact: true }).waitFor()
  await patient.page.screenshot({ path: `${out}/home.png`, fullPage: true })
  const about = '心血管与呼吸专科，全年无休'
  await patient.page.route('**/v1/contact', (route) => route.fulfill({ json: { ...contact, about } }))
  await patient.page.reload()
  await top(patient, '[data-name=banner]').getByText(about, { exact: true }).waitFor()
  await patient.page.screenshot({ path: `${out}/home-about.png` })
  await patient.page.unrouteAll()
  const { items } = await hand.get('/v1/prescriptions?limit=50')
  const drug = items.flatMap((rx) => rx.drugs ?? [])[0].nameZh
  await tap(patient, 'to-search')
  await type(patient, 'search-all', drug)
  await top(patient, '[data-name^=rx-]').first().waitFor()
  // A medicine of the catalogue that stands in no paper, by its initials; its page sells nothing.
  await type(patient, 'search-all', 'lsastw')
  const medicine = top(patient, '[data-name^=medicine-]').filter({ hasText: '磷酸奥司他韦胶囊' })
  await medicine.waitFor()
  if (await top(patient, '[data-name^=rx-]').count()) fault('a paper is found for a medicine that is in none')
  await patient.page.screenshot({ path: `${out}/search-medicine.png`, fullPage: true })
  await medicine.click()
  await top(patient, '[data-name=drug]').getByText('处方药').waitFor()
  await top(patient, '[data-name=leaflet]').getByText('每日最多').waitFor()
  const shown = await top(patient, '[data-name=drug], [data-name=leaflet]').allInnerTexts()
  if (/¥|￥/.test(shown.join())) fault(`a medicine that is looked up has a price: ${shown}`)
  await patient.page.screenshot({ path: `${out}/drug.png`, fullPage: true })
  await patient.page.locator('.uni-page-head-btn:visible').click()
  await type(patient, 'search-all', '心血管')
  await top(patient, '[data-name^=department-]').first().waitFor()
  await top(patient, '[data-name^=doctor-]').first().waitFor()
  await patient.page.screenshot({ path: `${out}/search.png`, fullPage: true })
  await top(patient, '[data-name^=department-]').first().click()
  await top(patient, '[data-name=department]').waitFor()
}
