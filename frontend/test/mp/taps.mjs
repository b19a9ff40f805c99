// The main job by taps alone: a patient asks, a doctor prescribes, a pharmacist reviews, the
// patient verifies and pays, a pharmacy hands out. Each person has a phone of their own; the server
// is real, and so are all signatures.
import { Phone } from './phone.mjs'

const PIN = '864213'
const WRONG = '975310'
const COMPLAINT = '高血压复诊，想续药'

/** A member of staff at their own phone, logged in. */
export async function staff(ward, login) {
  const phone = ward.phone()
  await phone.open('/pages/login/login')
  await phone.tap('[data-side="staff"]')
  await phone.type('login', login)
  await phone.type('password', ward.people.staff.find((s) => s.login === login).password)
  await phone.tap('submit')
  await phone.until('the home page', () => phone.top.path !== 'pages/login/login')
  return phone
}

export async function patient(ward, user) {
  const phone = ward.phone(user)
  await phone.open('/pages/login/login')
  await phone.tap('wechat')
  await phone.until('the page after the log-in', () => phone.top.path !== 'pages/login/login')
  if (phone.top.path === 'pkg-paper/consent/consent') await phone.tap('agree')
  await phone.at('pages/home/home')
  return phone
}

/** Makes a signing key; the page that leads to it stays below. */
export async function makeKey(phone) {
  await phone.at('pages/key/key')
  await phone.tap('make-key')
  await phone.pin('123456') // falls at the first guess, and is refused
  await phone.until(
    'the refusal of a simple PIN',
    () => phone.all('[data-name^="key-"]').length && phone.all('.app-danger.message').length,
  )
  await phone.pin(PIN)
  await phone.shows('再输入一次')
  await phone.pin(PIN)
  await phone.until(
    'the key or its request',
    () => phone.all('[data-name="key-ready"]').length || phone.all('[data-name="request-waiting"]').length,
    60_000,
  )
  if (phone.all('[data-name="request-waiting"]').length) {
    // A practitioner whose old key is elsewhere: two administrators approve.
    await approveKeys(phone.server)
    await phone.back()
    await phone.tap('key')
    await phone.at('pages/key/key')
    await phone.tap('finish-key')
    await phone.pin(PIN)
  }
  await phone.see('key-ready', 60_000)
  await phone.back()
}

/** Every administrator of the demo approves the keys that wait in the own organisation. */
async function approveKeys(server) {
  const call = async (method, path, { token, body } = {}) => {
    const r = await fetch(server + path, {
      method,
      body: body && JSON.stringify(body),
      headers: {
        'Idempotency-Key': crypto.randomUUID(),
        ...(body && { 'Content-Type': 'application/json' }),
        ...(token && { Authorization: `Bearer ${token}` }),
      },
    })
    if (!r.ok) throw new Error(`${method} ${path}: ${r.status} ${await r.text()}`)
    return r.json()
  }
  for (const { login, password, role } of (await call('GET', '/sandbox/ward')).staff) {
    if (role !== 'admin') continue
    const { token } = await call('POST', '/v1/sessions', { body: { login, password } })
    for (const { id, state } of (await call('GET', '/v1/admin/key-requests', { token })).requests) {
      if (state === 'waiting') await call('POST', `/v1/admin/key-requests/${id}/approve`, { token })
    }
  }
}

async function keyBelowMe(phone) {
  await phone.tap('[data-tab="me"]')
  await phone.at('pages/me/me')
  await phone.tap('key')
  await makeKey(phone)
}

/** Reads the document and signs it: once with a wrong PIN, when told so. */
async function sign(phone, mistyped = false) {
  await phone.tap('sign')
  if (mistyped) {
    await phone.pin(WRONG)
    await phone.until(
      'the refusal of the PIN',
      () => phone.all('.app-danger.message').length && phone.all('.app-danger.message')[0].textContent.trim(),
    )
  }
  await phone.pin(PIN)
}

async function asks(phone) {
  await phone.tap('key-first')
  await makeKey(phone)
  await phone.at('pages/home/home')
  await phone.tap('way-doctors')
  await phone.see('doctor-*')
  await phone.choose('department', 1)
  await phone.until('one department', () => phone.named('doctor-*').length < 8)
  await phone.choose('department', 0)
  await phone.type('search', '李明德')
  await phone.until('one doctor', () => phone.named('doctor-*').length === 1)
  await phone.tap('doctor-*')
  await phone.at('pages/request/request')
  await phone.shows('李明德')
  await phone.tap('send-request') // nothing is written yet
  await phone.until('the missing complaint', () => phone.all('.wrong').length === 1)
  await phone.type('complaint', COMPLAINT)
  await phone.type('duration', '半年')
  await phone.tap('send-request')
  await phone.at('pages/chat/chat')
  await phone.until('the open chat', () => phone.named('say').length && !phone.named('link').length)
  await phone.type('say', '医生您好')
  await phone.tap('send')
  await phone.until('the sent message', () => phone.named('message').some((m) => m.textContent.includes('医生您好')))
  await phone.tap('picture')
  const pictures = () => phone.all('wx-image').filter((i) => String(phone.attribute(i, 'src')).startsWith('wxfile://'))
  await phone.until('the sent picture', () => pictures().length >= 1)
  await taken(phone)
  if (phone.top.title !== '李明德') throw new Error(`the chat's title is ${phone.top.title}`)
}

/**
 * The server has said that it has everything: who leaves the chat before is asked about it at the
 * log-out.
 */
const taken = (phone) => phone.until("the server's word for what was sent", () => !phone.named('unsent').length)

async function prescribes(phone, seen) {
  await keyBelowMe(phone)
  await phone.tap('[data-tab="work"]')
  await phone.at('pkg-doctor/home/home')
  await phone.tap('presence')
  await phone.shows(COMPLAINT)
  const place = phone.all('[data-visit]').findIndex((v) => v.textContent.includes(COMPLAINT))
  await phone.tap('take', place)
  await phone.at('pkg-doctor/visit/visit')
  await phone.tap('chat')
  await phone.until("the patient's words", () => phone.named('message').some((m) => m.textContent.includes('医生您好')))
  await phone.type('say', '您好，血压控制得如何？')
  await phone.tap('send')
  await seen.until("the doctor's words on the patient's phone", () =>
    seen.named('message').some((m) => m.textContent.includes('血压控制得如何')),
  )
  await taken(phone)
  await phone.back()
  await phone.tap('note')
  await phone.type('history', '血压控制平稳，规律服药')
  await phone.type('plan', '继续原方案，两周后复诊')
  await phone.type('diagnosis-search', '高血压')
  await phone.tap('diagnosis-I10*')
  await phone.tap('save-note')
  await phone.at('pkg-doctor/visit/visit')
  await phone.tap('prescribe')
  await phone.type('drug-search', 'aldp')
  await phone.tap('drug-D0135')
  await phone.until('the line', () => phone.all('[data-line="D0135"]').length === 1)
  await phone.choose('days', 4)
  await phone.tap('to-sign')
  await phone.at('pkg-doctor/issue/issue')
  await sign(phone)
  await phone.at('pkg-doctor/rx/rx')
  await phone.see('withdraw')
  return phone.top.query.id
}

async function approves(phone, id) {
  await keyBelowMe(phone)
  await phone.tap('[data-tab="queue"]')
  await phone.see('review')
  for (const at of phone.named('review').keys()) {
    await phone.tap('review', at)
    await phone.at('pkg-reviewer/review/review')
    if (phone.top.query.id === id) break
    await phone.back()
  }
  await phone.tap('approve')
  await sign(phone)
  await phone.at('pkg-reviewer/home/home')
}

/** Every signature is checked on the phone; the newest block may still lack its seal. */
async function verifies(phone) {
  const verdict = () => phone.named('proof-*')[0]?.getAttribute('data-name')
  for (let tries = 0; verdict() !== 'proof-good' && tries < 10; tries++) {
    await phone.tap('verify')
    await phone.until(
      'a verdict',
      () => verdict() && phone.attribute(phone.named('verify')[0], 'aria-busy') === 'false',
      30_000,
    )
    if (verdict() === 'proof-part') await new Promise((next) => setTimeout(next, 1000))
  }
  if (verdict() !== 'proof-good') throw new Error(`the phone's verdict is ${verdict()}`)
  if (phone.all('[data-check="verified"]').length !== 2) throw new Error('issue and approval are to be verified')
}

async function pays(phone, id) {
  await phone.open('/pages/rxs/rxs')
  await phone.tap(`rx-${id}`)
  await phone.see('to-pay')
  await verifies(phone)
  await phone.tap('to-pay')
  await phone.until('price or card', () => phone.named('pay').length || phone.named('bind-card').length)
  if (phone.named('bind-card').length) await phone.tap('bind-card')
  await phone.tap('pay')
  await sign(phone, true)
  await phone.see('paid', 30_000)
  await phone.tap('to-pickup')
  const code = phone.attribute(await phone.see('pickup'), 'data-code')
  await phone.see('pharmacy-*')
  const picture = await phone.until('the QR code', () => phone.all('wx-image').map((i) => phone.attribute(i, 'src'))[0])
  if (!/^data:image\/gif;base64,/.test(picture)) throw new Error('the pick-up code is no picture')
  return code
}

async function dispenses(phone, code, waiting) {
  await keyBelowMe(phone)
  await phone.tap('[data-tab="scan"]')
  phone.will.scan.push(code)
  await phone.tap('scan')
  await phone.at('pkg-pharmacy/claim/claim')
  await phone.tap('claim')
  await sign(phone)
  await phone.at('pkg-pharmacy/rx/rx')
  await phone.see('fate-committed', 30_000)
  await waiting.until(
    'the pharmacy on the waiting phone',
    () => !waiting.named('pickup').length && waiting.text().includes('大药房'),
    20_000,
  )
  for (const at of (await phone.see('check-*')) && phone.named('check-*').keys()) await phone.tap('check-*', at)
  const prefix = /\d{7}/.exec(phone.attribute(phone.all('[data-name="trace-0"] wx-input')[0], 'placeholder'))[0]
  const packages = Number(/0\/(\d+)/.exec(phone.named('trace-0')[0].textContent)[1])
  for (let n = 0; n < packages; n++) {
    phone.will.scan.push(prefix + String(Date.now() * 10 + n).slice(-13))
    await phone.tap('trace-scan-0')
    await phone.until('the counted package', () =>
      phone.named('trace-0')[0].textContent.includes(`${n + 1}/${packages}`),
    )
  }
  await phone.tap('dispense')
  await sign(phone)
  await phone.see('record', 30_000)
  await waiting.see('dispensed', 20_000)
}

export async function logsOut(phone) {
  await phone.open('/pages/me/me')
  phone.will.modal.push(true)
  await phone.tap('logout')
  await phone.at('pages/login/login')
  if (phone.storage.has('session')) throw new Error('the token outlives the session')
}

/**
 * From log-in to dispensed. Gives the phones, whose owners stay logged in, and the prescription's
 * id.
 */
export async function mainJob(ward) {
  const phones = {
    patient: await patient(ward, 'patient-03'),
    doctor: await staff(ward, 'doctor.li'),
    reviewer: await staff(ward, 'reviewer.zhou'),
    dispenser: await staff(ward, 'pharmacy.p1'),
  }
  await asks(phones.patient)
  const id = await prescribes(phones.doctor, phones.patient)
  await approves(phones.reviewer, id)
  const code = await pays(phones.patient, id)
  await dispenses(phones.dispenser, code, phones.patient)
  const { status } = await phones.patient.ask(`/v1/prescriptions/${id}`)
  if (status !== 'dispensed') throw new Error(`the server says the prescription is ${status}`)
  return { phones, id }
}
