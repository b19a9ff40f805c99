// The key that a PIN gives: PBKDF2-HMAC-SM3 (RFC 8018 5.2), the first 16 bytes. Apart from lib/sm,
// because a worker works it out as well.
import { sm3 } from 'sm-crypto-v2'
import { concat, fromHex } from './bytes'

/** After how many rounds it is told how far it is. */
const ROUNDS_PER_SLICE = 500

/** told: how far it is, from 0 to 1; the next slice waits for it. */
export async function pbkdf2(
  pin: Uint8Array,
  salt: Uint8Array,
  iterations: number,
  told: (done: number) => unknown,
): Promise<Uint8Array> {
  const hmac = (message: Uint8Array) => fromHex(sm3(message, { key: pin, mode: 'hmac' }))
  let u = hmac(concat(salt, Uint8Array.of(0, 0, 0, 1)))
  const out = u.slice(0, 16)
  for (let i = 1; i < iterations; i++) {
    u = hmac(u)
    for (let j = 0; j < out.length; j++) out[j]! ^= u[j]!
    if (i % ROUNDS_PER_SLICE === 0) await told(i / iterations)
  }
  return out
}
