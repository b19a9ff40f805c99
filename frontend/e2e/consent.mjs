// What a patient agreed to, and the end of the account: a log-in without consent, reading without
// it, a version that changed meanwhile, withdrawal with a chat open, what hinders the closing and
// is ended without agreeing again, the wait, a log-in that calls it off, and an answer that is
// lost.
import { base, go, named } from './browser.mjs'
import { patientHands, staffHands, until } from './hands.mjs'
import { agree, arrive, say, see, tap, top } from './walk.mjs'

export const name = 'consent'
export const own = true

const USER = 'patient-05'

export async function run({ browser, out, fault }) {
  const shot = (name) => p.page.screenshot({ path: `${out}/${name}.png`, fullPage: true })
  const p = await arrive(browser, 'patient')
  p.expects(/40[139] \(/, /429 \(/)
  const at = (page) => go(p.page, `/pkg-paper/${page}/${page}`)
  const dialog = (words) => p.page.locator('.uni-modal:visible', { hasText: words }).waitFor()

  // What is agreed to, and where it is read, stand on the first screen, above what logs in.
  const [yes, service, privacy, enters] = await Promise.all(
    ['agrees', 'paper-service', 'paper-privacy', USER].map((name) => top(p, `[data-name=${name}]`).boundingBox()),
  )
  const fold = await p.page.evaluate(() => innerHeight)
  for (const [what, box] of Object.entries({ yes, service, privacy }))
    if (box.y + box.height > Math.min(fold, enters.y)) fault(`${what} ends at ${box.y + box.height} of ${fold}`)

  // Without consent one sees what is one's own.
  await tap(p, 'agrees')
  await tap(p, USER)
  await see(p, 'consent-due')
  await shot('due')
  await tap(p, 'look-only')
  await top(p, '[data-tab=home].on').waitFor()
  // Another version came into force while this page was open: nothing is agreed to that was not
  // shown.
  await p.page.route('**/v1/papers', async (route) => {
    const papers = (await (await route.fetch()).json()).papers.map((x) => ({ ...x, version: x.version - 1 }))
    await route.fulfill({ json: { papers } })
  })
  await at('consent')
  await see(p, 'agree')
  await p.page.unroute('**/v1/papers')
  await tap(p, 'agree')
  await dialog('请重新阅读')
  await agree(p)
  const { papers } = await (await fetch(`${base}/v1/papers`)).json()
  const version = papers.find((x) => x.name === 'privacy').version
  await until('the version in force', async () =>
    (await named(p.page, 'paper-privacy').innerText()).includes(`第 ${version} 版`),
  )
  await tap(p, 'agree')
  await top(p, '[data-tab=home].on').waitFor()
  await at('consent')
  await see(p, 'consent-given')
  await shot('given')

  // Taken back in another place while a chat is open here.
  const [patient, doctor] = await Promise.all([patientHands(USER), staffHands('doctor.li')])
  await doctor.put('/v1/practitioners/me/presence', { online: true })
  const { id: visit } = await patient.post('/v1/consultations', { doctor: doctor.person, complaint: '头晕三天' })
  await go(p.page, `/pages/chat/chat?id=${visit}`)
  await see(p, 'say')
  await patient.del('/v1/me/consents')
  await say(p, '今天好多了')
  await p.page.getByText('请先在').first().waitFor()
  if (!/chat/.test(p.page.url())) fault(`writing without consent left the chat for ${p.page.url()}`)
  await shot('chat-without')
  await go(p.page, '/pages/me/me')
  await until('the mark', async () => (await named(p.page, 'to-consent').innerText()).includes('未同意'))

  // What hinders is ended without agreeing again.
  await at('closing')
  await see(p, 'hinders-visit')
  await shot('hindered')
  await named(p.page, 'close-account').first().click({ force: true })
  if (await p.page.locator('.uni-modal:visible').count()) fault('closing is offered over an open visit')
  await patient.post(`/v1/consultations/${visit}/cancel`, {})
  await p.page.reload()
  await see(p, 'close-account')
  await until('nothing in the way', async () => (await named(p.page, 'hinders-visit').count()) === 0)
  await tap(p, 'close-account')
  await agree(p)
  await see(p, 'agrees')
  await p.page.getByText('已提交').waitFor()
  await shot('waiting')
  await tap(p, USER)
  await dialog('注销已取消')
  await shot('stays')
  await agree(p)
  await top(p, '[data-tab=home].on').waitFor()

  // The answer is lost on the way: the repeat finds no session, and nobody is led to call it off.
  await at('closing')
  await see(p, 'close-account')
  let lost = false
  await p.page.route('**/v1/me/closing', async (route) => {
    if (route.request().method() !== 'POST' || lost) return route.continue()
    lost = true
    await route.fetch()
    await route.abort()
  })
  p.expects(/ERR_FAILED/)
  await tap(p, 'close-account')
  await agree(p)
  await see(p, 'agrees')
  await p.page.getByText('注销可能已提交').waitFor()
  await shot('unsure')
  const again = await patientHands(USER)
  if ((await again.get('/v1/me/closing')).closingAt) fault('a log-in did not call it off')
}
