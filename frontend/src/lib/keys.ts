// Enrolment of this device's key: made here, proved here, its certificate asked for, until the chain holds it.
import { api, type Schema } from './api'
import { toBase64, utf8 } from './bytes'
import { keepKey, sealKey, storedKey } from './keystore'
import { generateKey, sign } from './sm'

export type Key = Schema<'KeysKey'>

/** What the key itself signs (chain/gm.NewEnrolment), canonical JSON. */
export const enrolmentText = (nonce: string, publicKey: string) => `{"nonce":"${nonce}","publicKey":"${publicKey}","purpose":"enrol","v":1}`

/**
 * Makes a key, seals it under the PIN and enrols it in the place of a live one. The sealed key is kept before the server
 * hears of it: dying in between leaves a key without certificate, and the next enrolment replaces it.
 */
export async function enrol(person: string, pin: string): Promise<Key> {
  const live = (await api.get('/v1/keys')).keys?.find((k) => k.state === 'active' || k.state === 'pending')
  const key = await generateKey()
  const sealed = await sealKey(key, pin)
  const { nonce } = await api.post('/v1/keys/challenge')
  const signature = toBase64(await sign(utf8(enrolmentText(nonce, key.publicKey)), key))
  keepKey(person, { sealed, publicKey: key.publicKey, certificate: '', wrong: 0 })
  const made = await api.post('/v1/keys', { body: { publicKey: key.publicKey, nonce, signature, ...(live ? { replaces: live.id } : {}) } })
  keepKey(person, { sealed, publicKey: key.publicKey, certificate: made.id, wrong: 0, notAfter: made.notAfter })
  return made
}

const POLL = 700
const POLL_LIMIT = 60_000

/** Waits until the certificate left 'pending'; answers what it is then, still 'pending' after a minute. */
export async function settled(id: string): Promise<Key['state']> {
  for (const end = Date.now() + POLL_LIMIT; ; ) {
    const state = (await api.get('/v1/keys')).keys?.find((k) => k.id === id)?.state ?? 'refused'
    if (state !== 'pending' || Date.now() > end) return state
    await new Promise((resolve) => setTimeout(resolve, POLL))
  }
}

export type Readiness = 'ready' | 'none' | 'elsewhere' | 'pending' | 'ended' | 'renew'

/** Whether this device can sign for the person now, and if not, why. */
export async function readiness(person: string, now: number): Promise<Readiness> {
  const keys = (await api.get('/v1/keys')).keys ?? []
  const mine = storedKey(person)
  const known = keys.find((k) => k.publicKey === mine?.publicKey)
  if (!mine || !known) return keys.some((k) => k.state === 'active') ? 'elsewhere' : 'none'
  // The answer to the enrolment was lost, or the key was made before its end was kept.
  if (mine.certificate !== known.id || mine.notAfter !== known.notAfter) keepKey(person, { ...mine, certificate: known.id, notAfter: known.notAfter })
  if (known.state === 'pending') return 'pending'
  if (known.state !== 'active') return 'ended'
  return Date.parse(known.renewFrom) <= now ? 'renew' : 'ready'
}
