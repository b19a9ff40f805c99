// The whole main job, from the log-in page to dispensed, by clicking only: patient, doctor,
// reviewing pharmacist and pharmacy in a browser each, and a stranger at the chain explorer.
import { named, people } from './browser.mjs'
import {
  CHAIN,
  PIN,
  addDrug,
  agree,
  answerFindings,
  approve,
  arrive,
  askVisit,
  back,
  check,
  choose,
  claim,
  hears,
  makeKey,
  patientArrives,
  say,
  see,
  sign,
  staffArrives,
  status,
  tab,
  takeVisit,
  tap,
  top,
  type,
  writeNote,
} from './walk.mjs'

export const name = 'flow'

const WHO = { user: 'patient-01', name: '林晓东', doctor: '李明德' }
const complaint = '高血压复诊，想续药'
const words = { hello: '医生您好，药快吃完了', question: '最近血压多少？', later: '记得每天早上量血压', plan: '继续原方案，两周后复诊' }
const picture = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
)

export async function run({ server, browser, out, fault }) {
  const { patients, staff } = await (await fetch(`${server.url}/sandbox/ward`)).json()
  const me = patients.find((x) => x.user === WHO.user)
  const secrets = [
    me.name,
    me.ecToken,
    complaint,
    ...Object.values(words),
    ...staff.flatMap((x) => [x.password, x.name]),
    PIN,
  ].filter(Boolean)
  const [patient, doctor, reviewer, pharmacy] = await Promise.all([
    patientArrives(browser, WHO.user),
    staffArrives(browser, 'doctor.li', 'doctor'),
    staffArrives(browser, 'reviewer.zhou', 'reviewer'),
    staffArrives(browser, 'pharmacy.p1', 'pharmacy'),
  ])
  let n = 0
  const shot = (p, what) => p.page.screenshot({ path: `${out}/${String(++n).padStart(2, '0')}-${what}.png` })
  await Promise.all([patient, doctor, reviewer, pharmacy].map(makeKey))
  patient.expects(/status of 409 .*\/bundle\)/) // its records are still on their way to the chain
  await visit(patient, doctor, shot)
  await prescribe(doctor, shot)
  await approve(reviewer, WHO.name)
  await verify(patient, shot)
  const pickup = await payAndCollect(patient, shot)
  const id = pickup.split(':')[1]
  await dispense(pharmacy, pickup, shot)
  await received(patient, shot)
  await Promise.all([finish(doctor, shot), life(await arrive(browser, 'stranger'), id, shot, [...secrets, '氨氯地平'])])

  for (const p of people) {
    const kept = await p.page.evaluate(() => sessionStorage.getItem('session') ?? '')
    const token = /"token":"([^"]+)"/.exec(kept)?.[1]
    for (const url of p.urls)
      for (const secret of [...secrets, pickup.split(':')[2], token])
        if (secret && readable(url).includes(secret)) fault(`${p.label}: ${secret} in the address ${readable(url)}`)
  }
}

/** As a person reads it in the address bar or a log, also when it was escaped twice. */
const readable = (url) => {
  try {
    return decodeURIComponent(decodeURIComponent(url))
  } catch {
    return url
  }
}

async function visit(patient, doctor, shot) {
  await tap(doctor, 'presence')
  await askVisit(patient, WHO.doctor, { complaint, duration: '半年', prior: '两年前在市一院确诊' })
  await say(patient, words.hello)
  await named(patient.page, 'unsent').waitFor({ state: 'detached' })
  await tap(doctor, 'open-visits')
  await top(doctor, '.visit').filter({ hasText: complaint }).getByText('1 条未读', { exact: true }).waitFor()
  await shot(doctor, 'queue')
  await takeVisit(doctor, complaint)
  await shot(doctor, 'room')
  await tap(doctor, 'chat')
  await hears(doctor, words.hello)
  await doctor.page.locator('.uni-page-head__title:visible', { hasText: WHO.name }).waitFor()
  await say(doctor, words.question)
  await hears(patient, words.question)
  await see(patient, 'read')
  const [chooser] = await Promise.all([patient.page.waitForEvent('filechooser'), tap(patient, 'picture')])
  await chooser.setFiles({ name: 'reading.png', mimeType: 'image/png', buffer: picture })
  await top(doctor, '.picture .image').first().waitFor()
  await shot(patient, 'chat')
  // The patient puts the phone away; what the doctor says then waits as a number beside the visit.
  await back(patient)
  await back(patient)
  await say(doctor, words.later)
  await named(doctor.page, 'unsent').waitFor({ state: 'detached' })
  await tab(patient, 'visits')
  await top(patient, '[data-name^=visit-]')
    .filter({ hasText: complaint })
    .locator('.unread')
    .getByText('1', { exact: true })
    .waitFor()
  await shot(patient, 'unread')
  await top(patient, '[data-name^=visit-]').first().click()
  await hears(patient, words.later)
  await back(patient)
  await named(patient.page, 'find-doctor').waitFor()
  await top(patient, '.unread').waitFor({ state: 'detached' })
}

async function prescribe(doctor, shot) {
  await back(doctor)
  await writeNote(doctor, { plan: words.plan, diagnosis: '高血压', code: 'I10' })
  await tap(doctor, 'prescribe')
  const line = await addDrug(doctor, 'aldp', 'D0135')
  await answerFindings(doctor)
  const before = await named(doctor.page, 'total').innerText()
  await choose(line, 'dose', '2.5mg')
  await choose(line, 'days', '5 天')
  await addDrug(doctor, 'xftt', 'D0190')
  await named(doctor.page, 'total').getByText(before, { exact: true }).waitFor({ state: 'detached' })
  await answerFindings(doctor)
  await shot(doctor, 'prescribe')
  await tap(doctor, 'to-sign')
  await see(doctor, 'sign')
  await shot(doctor, 'what-you-see-is-what-you-sign')
  await sign(doctor)
  await see(doctor, 'withdraw')
  await status(doctor, 'signed')
}

/**
 * The patient checks every signature and receipt on the phone; a receipt takes until the members
 * have sealed it.
 */
async function verify(patient, shot) {
  await tab(patient, 'home')
  await top(patient, '[data-name^=rx-]').first().click()
  await status(patient, 'approved', CHAIN)
  const verdict = top(patient, '[data-name^=proof-]')
  for (const until = Date.now() + CHAIN; ; ) {
    await tap(patient, 'verify')
    await named(patient.page, 'verify').and(patient.page.locator('[aria-busy=false]')).waitFor()
    await verdict.waitFor()
    const said = await verdict.getAttribute('data-name')
    if (said === 'proof-good') break
    if (said === 'proof-bad' || Date.now() > until) throw new Error(`the phone's verdict: ${said}`)
  }
  await verdict.scrollIntoViewIfNeeded()
  await shot(patient, 'verified')
}

async function payAndCollect(patient, shot) {
  await tap(patient, 'to-pay')
  await tap(patient, 'bind-card')
  await see(patient, 'pay')
  const part = async (name) =>
    Math.round(Number((await top(patient, `[data-part=${name}]`).innerText()).replace(/[^\d.]/g, '')) * 100)
  const total = Math.round(Number((await named(patient.page, 'total').innerText()).replace(/[^\d.]/g, '')) * 100)
  const parts = [await part('fund'), await part('account'), await part('cash')]
  if (total === 0 || parts.reduce((a, b) => a + b) !== total)
    throw new Error(`the split ${parts} is not the total ${total}`)
  await shot(patient, 'split')
  await tap(patient, 'pay')
  await see(patient, 'sign')
  await shot(patient, 'pay-sign')
  await sign(patient)
  await see(patient, 'paid', CHAIN)
  await tap(patient, 'to-pickup')
  const pickup = await top(patient, '[data-name=pickup]').getAttribute('data-code')
  await top(patient, '[data-name^=pharmacy-]').first().click()
  await top(patient, '[data-name^=pharmacy-]').first().getByText('已选').waitFor()
  await top(patient, 'img').first().waitFor({ state: 'attached' })
  await shot(patient, 'pickup')
  return pickup
}

async function dispense(pharmacy, pickup, shot) {
  await claim(pharmacy, pickup)
  await check(pharmacy, 1)
  await shot(pharmacy, 'checked')
  await tap(pharmacy, 'dispense')
  await sign(pharmacy)
  await see(pharmacy, 'record')
  await status(pharmacy, 'dispensed')
  await back(pharmacy)
  await top(pharmacy, '[data-status=dispensed]').first().waitFor()
  await shot(pharmacy, 'today')
}

/**
 * The patient's phone learns it by itself; then the timeline, checked once more, and who looked.
 */
async function received(patient, shot) {
  await see(patient, 'dispensed')
  await shot(patient, 'collected')
  await tap(patient, 'to-rx')
  await status(patient, 'dispensed')
  await top(patient, '[data-kind="rx.dispense"]').waitFor()
  await shot(patient, 'timeline')
  await tap(patient, 'to-access')
  await see(patient, 'access')
  await shot(patient, 'who-looked')
}

/** Anybody may follow it on the chain; nothing there says whose it is or what for. */
async function life(stranger, id, shot, secrets) {
  const nothingPersonal = async () => {
    const text = await stranger.page.locator('body').innerText()
    for (const secret of secrets) if (text.includes(secret)) throw new Error(`the explorer tells ${secret}`)
  }
  await tap(stranger, 'go-explorer')
  await see(stranger, 'chain-ready')
  await type(stranger, 'chain-search', id)
  await tap(stranger, 'chain-go')
  await see(stranger, 'status-dispensed', CHAIN)
  await nothingPersonal()
  await shot(stranger, 'life')
  await tap(stranger, 'check-proof')
  await see(stranger, 'verdict-good')
  const steps = top(stranger, '[data-name^=record-]')
  if ((await steps.count()) !== 5)
    throw new Error(`the chain knows ${await steps.count()} steps: not issue, approve, pay, claim, dispense`)
  await steps.first().click()
  await tap(stranger, 'check-receipt')
  await see(stranger, 'verdict-good')
  await nothingPersonal()
  await shot(stranger, 'record')
}

/** The doctor ends the visit, which then stands under those that are over. */
async function finish(doctor, shot) {
  await back(doctor)
  await tap(doctor, 'finish')
  await agree(doctor)
  await see(doctor, 'to-rxs')
  await back(doctor)
  await tap(doctor, 'closed-visits')
  await top(doctor, '.visit').filter({ hasText: complaint }).waitFor()
  await shot(doctor, 'closed')
}
