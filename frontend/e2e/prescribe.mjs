// The doctor's and the reviewing pharmacist's work by clicking:  HOSPITAL_URL=… node e2e/prescribe.mjs OUT
// A patient asks over the API; the doctor takes the visit, writes the note, prescribes and signs; the reviewer rejects; the
// doctor reworks; the reviewer approves; the doctor ends the visit. Pictures of each page and axe on the way.
import { mkdir } from 'node:fs/promises'
import AxeBuilder from '@axe-core/playwright'
import { base, enrolKey, enterPIN, go, loginStaff, named, open, person } from './browser.mjs'

const out = process.argv[2] ?? 'e2e/out'
const PIN = '864213'
const settings = { language: 'zh-Hans', theme: 'light', scale: 1, ...JSON.parse(process.env.SETTINGS ?? '{}') }
await mkdir(out, { recursive: true })
const faults = []
let step = 0

async function call(method, path, body, token) {
  const r = await fetch(base + path, {
    method,
    headers: { 'Content-Type': 'application/json', 'Idempotency-Key': crypto.randomUUID(), ...(token ? { Authorization: `Bearer ${token}` } : {}) },
    body: body && JSON.stringify(body),
  })
  const got = await r.json()
  if (!r.ok) throw new Error(`${method} ${path}: ${r.status} ${got.code}`)
  return got
}

async function look(p, name) {
  await p.page.waitForTimeout(400)
  await p.page.screenshot({ path: `${out}/${String(++step).padStart(2, '0')}-${name}.png`, fullPage: true })
  const { violations } = await new AxeBuilder({ page: p.page }).analyze()
  for (const v of violations) if (v.impact === 'serious' || v.impact === 'critical') faults.push(`${name}: ${v.id}: ${v.nodes.map((n) => n.target.join(' ')).slice(0, 3).join(' | ')}`)
}

async function sign(p, name) {
  await named(p.page, 'sign').waitFor({ timeout: 20_000 })
  await look(p, name)
  await named(p.page, 'sign').click()
  await enterPIN(p.page, PIN)
}

const type = (p, name, text) => named(p.page, name).locator('input, textarea').first().fill(text)

/** Opens the newest prescription of the list. */
async function reviewNewest(p) {
  await go(p.page, '/pkg-reviewer/home/home')
  await named(p.page, 'side-done').click()
  await named(p.page, 'side-queue').click()
  await named(p.page, 'review').last().click()
  await named(p.page, 'approve').waitFor()
}

async function asks() {
  const { patients } = await call('GET', '/sandbox/ward')
  const { code } = await call('POST', '/sandbox/login', { user: patients[0].user })
  const { token } = await call('POST', '/v1/sessions/wechat', { code })
  const { doctors } = await call('GET', '/v1/doctors', undefined, token)
  const doctor = doctors.find((d) => d.name === '李明德')
  const { consultations } = await call('GET', '/v1/consultations?state=requested,accepted,active', undefined, token)
  if (consultations.some((c) => c.doctor === doctor.person)) return
  await call('POST', '/v1/consultations', { doctor: doctor.person, complaint: '高血压复诊，想续药', duration: '半年' }, token)
}

async function adds(query, code) {
  await type(doctor, 'drug-search', query)
  const found = code ? named(doctor.page, `drug-${code}`) : doctor.page.locator('[data-name^="drug-D"]').first()
  await found.click()
}

const ready = (yes) => named(doctor.page, 'to-sign').and(doctor.page.locator(`[aria-disabled=${!yes}]`)).waitFor({ timeout: 10_000 })

const browser = await open()
const doctor = await person(browser, { settings })
const reviewer = await person(browser, { settings })
try {
  await asks()
  await loginStaff(doctor.page, 'doctor.li')
  await enrolKey(doctor.page, PIN)
  await loginStaff(reviewer.page, 'reviewer.zhou')
  await enrolKey(reviewer.page, PIN)

  await go(doctor.page, '/pkg-doctor/home/home')
  await named(doctor.page, 'presence').click()
  await named(doctor.page, 'open-visit').first().waitFor()
  await look(doctor, 'worklist')
  await doctor.page.locator('[data-name=take], [data-name=enter]').first().click()
  await named(doctor.page, 'chat').waitFor()
  await look(doctor, 'room')

  await named(doctor.page, 'note').click()
  await named(doctor.page, 'save-note').waitFor()
  await type(doctor, 'history', '血压控制平稳，规律服药')
  await type(doctor, 'plan', '继续原方案，两周后复诊')
  if (!(await doctor.page.getByText('I10', { exact: true }).count())) {
    await type(doctor, 'diagnosis-search', '高血压')
    await doctor.page.locator('[data-name^="diagnosis-I10"]').first().click()
  }
  await look(doctor, 'note')
  await named(doctor.page, 'save-note').click()

  await named(doctor.page, 'prescribe').click()
  await adds('aldp', 'D0135')
  await adds('曲马多')
  await doctor.page.locator('.finding[role=alert]').first().waitFor()
  await look(doctor, 'refused')
  await named(doctor.page, 'remove-line').last().click()
  await adds('xftt', 'D0190')
  await adds('Clarithromycin', 'D0030')
  await doctor.page.locator('.critical[data-rule="clinical.interaction"]').waitFor()
  await look(doctor, 'interaction')
  await ready(false)
  await named(doctor.page, 'quick-monitored').first().click()
  await doctor.page.reload() // what was typed is still there
  await ready(true)
  await look(doctor, 'prescribe')
  await named(doctor.page, 'to-sign').click()
  await sign(doctor, 'issue')
  await doctor.page.waitForURL(/pkg-doctor\/rx\/rx/)
  await named(doctor.page, 'withdraw').waitFor()
  await look(doctor, 'issued')

  await reviewNewest(reviewer)
  await look(reviewer, 'review')
  await named(reviewer.page, 'reject').click()
  await named(reviewer.page, 'reason-interaction').click()
  await type(reviewer, 'reason-text', '请停用克拉霉素')
  await look(reviewer, 'reject')
  await named(reviewer.page, 'reject-next').click()
  await sign(reviewer, 'sign-rejection')
  await reviewer.page.waitForURL(/pkg-reviewer\/home/)

  await go(doctor.page, '/pkg-doctor/rxs/rxs')
  await named(doctor.page, 'rx-rejected').first().waitFor()
  await look(doctor, 'prescriptions')
  await named(doctor.page, 'rx-rejected').first().click()
  await named(doctor.page, 'rework').waitFor()
  await look(doctor, 'rejected')
  await named(doctor.page, 'rework').click()
  await named(doctor.page, 'remove-line').last().click()
  await ready(true)
  await look(doctor, 'rework')
  await named(doctor.page, 'to-sign').click()
  await sign(doctor, 'issue-again')
  await doctor.page.waitForURL(/pkg-doctor\/rx\/rx/)

  await reviewNewest(reviewer)
  await named(reviewer.page, 'approve').click()
  await sign(reviewer, 'sign-approval')
  await reviewer.page.waitForURL(/pkg-reviewer\/home/)
  await look(reviewer, 'queue')

  await go(doctor.page, '/pkg-doctor/home/home')
  await named(doctor.page, 'enter').first().click()
  await named(doctor.page, 'finish').click()
  await doctor.page.locator('.uni-modal__btn_primary').click()
  await named(doctor.page, 'to-rxs').waitFor()
  await look(doctor, 'finished')
} catch (e) {
  faults.push(String(e))
  await doctor.page.screenshot({ path: `${out}/fault-doctor.png` })
  await reviewer.page.screenshot({ path: `${out}/fault-reviewer.png` })
}
faults.push(...doctor.faults, ...reviewer.faults)
await browser.close()
console.log(faults.length ? faults.join('\n') : 'no faults')
process.exit(faults.length ? 1 : 0)
