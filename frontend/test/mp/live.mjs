// What others do comes to a phone by itself, over long polls: the doctor's list moves without a
// touch, with a sound and a vibration where the doctor wants them.
import { randomUUID } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import { patient } from './taps.mjs'

/** Shorter than any page asks by the clock. */
const SOON = 10_000

/** A command of who is logged in on a phone, without its pages. */
async function post(phone, path, body = {}) {
  const { token } = JSON.parse(JSON.parse(phone.storage.get('session')))
  const r = await fetch(phone.server + path, {
    method: 'POST',
    headers: {
      Authorization: `Bearer ${token}`,
      'Content-Type': 'application/json',
      'Idempotency-Key': randomUUID(),
    },
    body: JSON.stringify(body),
  })
  if (!r.ok) throw new Error(`${path}: ${r.status} ${await r.text()}`)
  return r.json()
}

/** Waits until a phone has asked again behind what it was told. */
const listening = (phone) => phone.until('the next long poll', () => /&since=\d+/.test(phone.polls.at(-1) ?? ''), SOON)

export async function hears(ward, doctor) {
  const asking = await patient(ward, 'patient-05')
  const { person } = await doctor.ask('/v1/practitioners/me')
  await doctor.open('/pkg-doctor/home/home')
  await doctor.see('presence')
  const ask = (complaint) => post(asking, '/v1/consultations', { doctor: person, complaint })
  const listed = (id) => doctor.until('the request in the list', () => doctor.all(`[data-visit="${id}"]`)[0], SOON)
  const gone = (id) => doctor.until('the end of it', () => !doctor.all(`[data-visit="${id}"]`).length, SOON)

  await listening(doctor)
  let before = [doctor.heard, doctor.vibrated, doctor.polls.length]
  const first = await ask('夜里咳嗽')
  await listed(first.id)
  await listening(doctor)
  if (doctor.polls.length === before[2]) throw new Error('the list moved, but no long poll told of it')
  if (doctor.heard !== before[0] + 1 || doctor.vibrated !== before[1] + 1)
    throw new Error(`a request is heard ${doctor.heard - before[0]} times, felt ${doctor.vibrated - before[1]} times`)
  await post(asking, `/v1/consultations/${first.id}/cancel`)
  await gone(first.id)

  // Who wants no sound has none, and still sees it.
  await doctor.tap('[data-tab="me"]')
  await doctor.tap('sound')
  await doctor.tap('[data-tab="work"]')
  await doctor.at('pkg-doctor/home/home')
  await doctor.see('presence')
  before = [doctor.heard, doctor.vibrated]
  const second = await ask('夜里又咳嗽')
  await listed(second.id)
  await pause(200)
  if (doctor.heard !== before[0] || doctor.vibrated !== before[1])
    throw new Error('it sounds although it is switched off')
  await post(asking, `/v1/consultations/${second.id}/cancel`)
  await gone(second.id)
  await doctor.tap('[data-tab="me"]')
  await doctor.tap('sound')
}
