// The chain explorer without a session, by clicking: members, blocks, a record and its receipt, a
// subject's proof, forged receipts refused, and records as they come. And the administrator: who
// may practise, the system's health, the books, a new account.
import { named } from './browser.mjs'
import { CHAIN, agree, arrive, back, makeKey, patientArrives, see, staffArrives, tab, tap, top, type } from './walk.mjs'

export const name = 'explorer'

export async function run({ server, browser, out }) {
  const shot = (p, what) => p.page.screenshot({ path: `${out}/${what}.png`, fullPage: true })
  await makeKey(await patientArrives(browser, 'patient-12')) // whatever ran before: the chain has a record to show
  const stranger = await arrive(browser, 'stranger')
  await looksAround(stranger, shot)
  await checks(stranger, server.url, shot)
  await watches(stranger, browser, shot)
  const admin = await staffArrives(browser, 'admin', 'admin')
  await practitioner(admin, shot)
  await office(admin, shot)
}

const first = (p, prefix) => top(p, `[data-name^="${prefix}"]`).first()

async function looksAround(stranger, shot) {
  await tap(stranger, 'go-explorer')
  await see(stranger, 'chain-ready')
  await type(stranger, 'chain-search', 'nothing like it')
  await tap(stranger, 'chain-go')
  await named(stranger.page, 'chain-search').getByRole('alert').waitFor()
  await tap(stranger, 'go-members')
  await see(stranger, 'member-h1')
  await see(stranger, 'founded')
  await shot(stranger, 'members')
  await tap(stranger, 'member-h1')
  const share = (await named(stranger.page, 'seal-share').innerText()).match(/(\d+)\/(\d+)/)
  if (!share || share[1] !== share[2]) throw new Error(`the only voter sealed ${share?.[0]}`)
  await shot(stranger, 'member')
  await back(stranger)
  await back(stranger)
  await tap(stranger, 'go-alarms')
  await see(stranger, 'no-alarms')
  await back(stranger)
  await tap(stranger, 'go-blocks')
  await first(stranger, 'block-').click()
  await first(stranger, 'record-').click()
  await tap(stranger, 'check-receipt')
  await see(stranger, 'verdict-good')
  await shot(stranger, 'record')
  await tap(stranger, 'to-subject')
  // The proof of the newest state comes with the members' seals; the page is asked again until it
  // has one.
  for (
    const until = Date.now() + CHAIN;
    !(await named(stranger.page, 'check-proof').and(stranger.page.locator('[aria-disabled=false]')).count());
  ) {
    if (Date.now() > until) throw new Error('no proof of the newest state')
    await back(stranger)
    await tap(stranger, 'to-subject')
    await see(stranger, 'check-proof')
  }
  await tap(stranger, 'check-proof')
  await see(stranger, 'verdict-good')
  await shot(stranger, 'subject')
}

/** A receipt pasted: as it is, changed in one number, and no receipt at all. */
async function checks(stranger, url, shot) {
  const subject = stranger.page.url().match(/id=([^&]+)/)[1]
  const { records } = await (await fetch(`${url}/v1/chain/subjects/${subject}`)).json()
  const receipt = await (await fetch(`${url}/v1/chain/records/${records[0].id}/receipt`)).text()
  for (let i = 0; i < 4; i++) await back(stranger) // record, block, blocks, home
  await tap(stranger, 'go-verify')
  const verdicts = { good: receipt, bad: receipt.replace(/"height":\d+/, '"height":1') }
  for (const [verdict, text] of Object.entries(verdicts)) {
    await type(stranger, 'receipt', text)
    await tap(stranger, 'verify')
    await see(stranger, `verdict-${verdict}`)
    await shot(stranger, `verify-${verdict}`)
  }
  await type(stranger, 'receipt', 'hello')
  await tap(stranger, 'verify')
  await see(stranger, 'reason')
  await back(stranger)
}

async function watches(stranger, browser, shot) {
  await tap(stranger, 'go-live')
  await see(stranger, 'live-live')
  const before = await top(stranger, '[data-name^="record-"]').count()
  await makeKey(await patientArrives(browser, 'patient-10', 'somebody'))
  await top(stranger, '[data-name^="record-"]').nth(before).waitFor({ timeout: CHAIN })
  await shot(stranger, 'live')
}

async function practitioner(admin, shot) {
  await tap(admin, 'state-approved')
  await top(admin, '').getByText('孙雅琴').click()
  await see(admin, 'is-approved')
  await tap(admin, 'suspend')
  await type(admin, 'reason', '证书核验')
  await tap(admin, 'suspend-now')
  await see(admin, 'is-suspended')
  await shot(admin, 'suspended')
  await tap(admin, 'approve')
  await agree(admin)
  await see(admin, 'is-approved')
  await back(admin)
}

async function office(admin, shot) {
  await tab(admin, 'health')
  await first(admin, 'well').waitFor()
  await shot(admin, 'health')
  await tab(admin, 'books')
  await first(admin, 'books-agree').waitFor()
  await tap(admin, 'day-before')
  await first(admin, 'books-').waitFor()
  await shot(admin, 'books')
  await tab(admin, 'people')
  await tap(admin, 'go-staff')
  await type(admin, 'new-login', `clerk${Date.now() % 1e6}`) // HOSPITAL_URL may name a server that was here before
  await type(admin, 'new-password', 'a long enough one')
  await tap(admin, 'make')
  await see(admin, 'made')
  await shot(admin, 'account')
}
