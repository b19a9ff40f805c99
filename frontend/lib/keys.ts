// Enrolment of this device's key: made here, proved here, its certificate asked for, until the
// chain holds it.
import { Refused, api, type Schema } from './api'
import { toBase64, utf8 } from './bytes'
import { keepKey, sealKey, storedKey, unlock } from './keystore'
import { isLive, type Key } from './readiness'
import { me } from './session'
import { generateKey, sign, type KeyPair } from './sm'

/** What the key itself signs (chain/gm.NewEnrolment), canonical JSON. */
export const enrolmentText = (nonce: string, publicKey: string) =>
  `{"nonce":"${nonce}","publicKey":"${publicKey}","purpose":"enrol","v":1}`

/**
 * What the live key of a practitioner signs to let another one take its place (keys.ConsentText),
 * canonical JSON.
 */
export const consentText = (publicKey: string, replaces: string) =>
  `{"publicKey":"${publicKey}","purpose":"replace","replaces":"${replaces}","v":1}`

export type { Key } from './readiness'
export type KeyRequest = Schema<'KeysKeyRequest'>

/**
 * Makes a key, seals it under the PIN and enrols it in the place of a live one. The sealed key is
 * kept before the server hears of it: dying in between leaves a key without certificate, and the
 * next enrolment replaces it. With the PIN of the present key, that one signs for the new one. A
 * practitioner's other keys, the first one too, need two administrators: it answers their request
 * while it waits.
 */
export async function enrol(person: string, pin: string, presentPin = ''): Promise<Key | KeyRequest> {
  const old = presentPin ? await unlock(person, presentPin) : undefined
  const key = await generateKey()
  const sealed = await sealKey(key, pin)
  keepKey(person, { sealed, publicKey: key.publicKey, certificate: '', wrong: 0, before: old && storedKey(person) })
  if (me().role === 'patient' || old) {
    try {
      return await register(person, key, old)
    } catch (e) {
      if (!(e instanceof Refused && e.code === 'key-approval-required')) throw e // the present key ended meanwhile
    }
  }
  const asked = await api.post('/v1/keys/requests', { body: { publicKey: key.publicKey } })
  // A demo's administrators approve a first key at once.
  return asked.state === 'approved' ? register(person, key) : asked
}

/** Enrols the key that waits on this device for its approval. KeyError of unlock. */
export async function finish(person: string, pin: string): Promise<Key> {
  return register(person, await unlock(person, pin))
}

async function register(person: string, key: KeyPair, old?: KeyPair): Promise<Key> {
  const live = (await api.get('/v1/keys')).keys?.find(isLive)
  const { nonce } = await api.post('/v1/keys/challenge')
  const signature = toBase64(await sign(utf8(enrolmentText(nonce, key.publicKey)), key))
  const consent = live && old ? { consent: toBase64(await sign(utf8(consentText(key.publicKey, live.id)), old)) } : {}
  const made = await api.post('/v1/keys', {
    body: { publicKey: key.publicKey, nonce, signature, ...(live ? { replaces: live.id } : {}), ...consent },
  })
  const kept = storedKey(person)
  if (kept?.publicKey === key.publicKey)
    keepKey(person, { ...kept, certificate: made.id, notAfter: made.notAfter, before: undefined })
  return made
}

/** The request for the key on this device, if it has one that is not over. */
export async function requested(person: string): Promise<KeyRequest | undefined> {
  const mine = storedKey(person)
  if (!mine || mine.certificate) return undefined
  return (await api.get('/v1/keys/requests')).requests?.find(
    (r) => r.publicKey === mine.publicKey && r.state !== 'used',
  )
}

const POLL = 700
const POLL_LIMIT = 60_000

/**
 * Waits until the certificate left 'pending'; answers what it is then, still 'pending' after a
 * minute.
 */
export async function settled(id: string): Promise<Key['state']> {
  for (const end = Date.now() + POLL_LIMIT; ; ) {
    const state = (await api.get('/v1/keys')).keys?.find((k) => k.id === id)?.state ?? 'refused'
    if (state !== 'pending' || Date.now() > end) return state
    await new Promise((resolve) => setTimeout(resolve, POLL))
  }
}
