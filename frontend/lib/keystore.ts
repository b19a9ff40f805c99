// The person's SM2 key, sealed under a PIN in the device's storage in the envelope chain/gm.OpenKey
// reads: PBKDF2-HMAC-SM3 and SM4-GCM. A six-digit PIN has a million values: whoever copies the
// storage tries them all in hours, so this keeps a finder out and no laboratory. Ten wrong PINs in
// a row wipe the key; a new one is enrolled in its place.
import { randomBytes } from '@/platform/random'
import { fromHex, toHex, utf8 } from './bytes'
import { KeyError } from './faults'
import { MAX_WRONG, keepKey, storedKey, wipeKey } from './keyslot'
import { gcmOpen, gcmSeal, pinKey, publicKeyOf, type KeyPair } from './sm'

export { keepKey, storedKey, wipeKey, type StoredKey } from './keyslot'

const MIN_ITERATIONS = 10_000
const MAX_ITERATIONS = 5_000_000
/**
 * Rounds this device seals with: the fewest chain/gm takes. A slow phone needs two seconds for
 * them.
 */
export const ITERATIONS = MIN_ITERATIONS
const SALT = 16
const BOX = 12 + 32 + 16
export const MIN_PIN = 6
const MAX_PIN = 128

/** Version 1; the order of the members is that of chain/gm's sealedKey. */
interface Envelope {
  v: 1
  kdf: 'PBKDF2-HMAC-SM3'
  iterations: number
  salt: string
  cipher: 'SM4-GCM'
  publicKey: string
  box: string
}

const aad = (e: Envelope) => utf8(`gm.sealed-key|${e.v}|${e.kdf}|${e.iterations}|${e.salt}|${e.cipher}|${e.publicKey}`)

function pinBytes(pin: string): number {
  return utf8(pin).length
}

/** Seals a key under a PIN of 6 to 128 bytes; throws KeyError 'pin-length'. */
export async function sealKey(key: KeyPair, pin: string, iterations = ITERATIONS): Promise<string> {
  if (pinBytes(pin) < MIN_PIN || pinBytes(pin) > MAX_PIN) throw new KeyError('pin-length')
  const salt = await randomBytes(SALT)
  const e: Envelope = {
    v: 1,
    kdf: 'PBKDF2-HMAC-SM3',
    iterations,
    salt: toHex(salt),
    cipher: 'SM4-GCM',
    publicKey: key.publicKey,
    box: '',
  }
  e.box = toHex(await gcmSeal(await pinKey(pin, salt, iterations), fromHex(key.privateKey), aad(e)))
  return JSON.stringify(e)
}

/**
 * Reverses sealKey. KeyError 'damaged' when it is no envelope or not the key it claims, 'wrong-pin'
 * for another PIN or an altered byte.
 */
export async function openKey(sealed: string, pin: string): Promise<KeyPair> {
  const e = parse(sealed)
  if (pinBytes(pin) < MIN_PIN || pinBytes(pin) > MAX_PIN) throw new KeyError('wrong-pin')
  const d = gcmOpen(await pinKey(pin, fromHex(e.salt), e.iterations), fromHex(e.box), aad(e))
  if (!d) throw new KeyError('wrong-pin')
  const privateKey = toHex(d)
  d.fill(0)
  if (publicKeyOf(privateKey) !== e.publicKey) throw new KeyError('damaged')
  return { privateKey, publicKey: e.publicKey }
}

function parse(sealed: string): Envelope {
  let e: Envelope
  try {
    e = JSON.parse(sealed) as Envelope
  } catch {
    throw new KeyError('damaged')
  }
  const hex = (text: unknown, bytes: number) =>
    typeof text === 'string' && text.length === 2 * bytes && /^[0-9a-f]*$/.test(text)
  const fits =
    e?.v === 1 &&
    e.kdf === 'PBKDF2-HMAC-SM3' &&
    e.cipher === 'SM4-GCM' &&
    Number.isInteger(e.iterations) &&
    e.iterations >= MIN_ITERATIONS &&
    e.iterations <= MAX_ITERATIONS &&
    typeof e.salt === 'string' &&
    e.salt.length >= 16 &&
    e.salt.length <= 128 &&
    /^([0-9a-f]{2})+$/.test(e.salt) &&
    hex(e.publicKey, 65) &&
    hex(e.box, BOX)
  if (!fits) throw new KeyError('damaged')
  return e
}

/**
 * Opens the person's key. KeyError 'no-key', 'wrong-pin' with the tries left, 'wiped' after the
 * last, 'damaged'.
 */
export async function unlock(person: string, pin: string): Promise<KeyPair> {
  const kept = storedKey(person)
  if (!kept) throw new KeyError('no-key')
  // Counted before the PIN is tried: closing the page in between gives nobody another try.
  keepKey(person, { ...kept, wrong: kept.wrong + 1 })
  try {
    const key = await openKey(kept.sealed, pin)
    keepKey(person, { ...kept, wrong: 0 })
    return key
  } catch (e) {
    const left = MAX_WRONG - kept.wrong - 1
    if (e instanceof KeyError && e.fault === 'wrong-pin' && left <= 0) {
      wipeKey(person)
      throw new KeyError('wiped')
    }
    throw e instanceof KeyError && e.fault === 'wrong-pin' ? new KeyError('wrong-pin', left) : e
  }
}

/**
 * Seals the person's key under another PIN. The copy for the fingerprint goes: whoever changes the
 * PIN because somebody saw it does not expect an older way in to stay open. KeyError of unlock,
 * 'pin-length'.
 */
export async function changePIN(person: string, old: string, next: string): Promise<void> {
  const key = await unlock(person, old)
  const sealed = await sealKey(key, next)
  const kept = storedKey(person)
  if (kept?.publicKey !== key.publicKey) throw new KeyError('no-key') // wiped or replaced in another window meanwhile
  keepKey(person, { ...kept, sealed, wrong: 0, fingerprint: undefined })
}
