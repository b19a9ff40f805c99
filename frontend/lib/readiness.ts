// Whether this device can sign for a person: asked by pages that only say so, hence apart from the
// signing code.
import { api, type Schema } from './api'
import { keepKey, storedKey } from './keyslot'

export type Key = Schema<'KeysKey'>

export const isLive = (k: Key) => k.state === 'active' || k.state === 'pending'

export type Readiness = 'ready' | 'none' | 'elsewhere' | 'pending' | 'ended' | 'renew'

/** Whether this device can sign for the person now, and if not, why. */
export async function readiness(person: string, now: number): Promise<Readiness> {
  const keys = (await api.get('/v1/keys')).keys ?? []
  let mine = storedKey(person)
  const before = mine?.before
  if (
    before &&
    !keys.some((k) => k.publicKey === mine?.publicKey) &&
    keys.some((k) => isLive(k) && k.publicKey === before.publicKey)
  ) {
    keepKey(person, before) // the enrolment did not come through: the present key is still the present key
    mine = before
  }
  const known = keys.find((k) => k.publicKey === mine?.publicKey)
  if (!mine || !known) return keys.some((k) => k.state === 'active') ? 'elsewhere' : 'none'
  // The answer to the enrolment was lost, or the key was made before its end was kept.
  if (mine.certificate !== known.id || mine.notAfter !== known.notAfter)
    keepKey(person, { ...mine, certificate: known.id, notAfter: known.notAfter })
  if (known.state === 'pending') return 'pending'
  if (known.state !== 'active') return 'ended'
  return Date.parse(known.renewFrom) <= now ? 'renew' : 'ready'
}
