// A second sealed copy of the signing key, for confirmation by fingerprint or face. The sealing key
// comes out of the platform authenticator's PRF through HKDF with HMAC-SM3 (RFC 5869), salted for
// each copy; neither it nor the PIN is kept. The server takes no part: it sees the same SM2
// signature as after a PIN.
import { askFingerprint, fingerprintHere, makeFingerprint, type Made } from '@/platform/fingerprint'
import { randomBytes } from '@/platform/random'
import { fromHex, toHex, utf8 } from './bytes'
import { KeyError } from './faults'
import { t } from './i18n'
import { keepKey, storedKey, type SealedByFingerprint as Sealed } from './keyslot'
import { unlock } from './keystore'
import { gcmOpen, gcmSeal, hkdf, publicKeyOf, sm3, type KeyPair } from './sm'

const SALT = 32
/** Bytes of the authenticator's name for the person: opaque, one for each key. */
const USER = 16

/**
 * Binds what is in the envelope: a copy cannot be passed off as another key's or another
 * credential's.
 */
const binding = (e: Sealed) =>
  utf8(`fingerprint.sealed-key|${e.v}|${e.kdf}|${e.salt}|${e.cipher}|${e.publicKey}|${e.credential}`)
const sealingKey = (secret: Uint8Array, e: Sealed) =>
  hkdf(secret, fromHex(e.salt), utf8(`fingerprint.sealing-key|${e.v}|${e.publicKey}`))

/** Seals a key under an authenticator's secret for that salt. */
export async function sealByFingerprint(key: KeyPair, made: Made, salt: Uint8Array): Promise<Sealed> {
  const e: Sealed = {
    v: 1,
    kdf: 'HKDF-HMAC-SM3',
    salt: toHex(salt),
    cipher: 'SM4-GCM',
    publicKey: key.publicKey,
    credential: made.credential,
    box: '',
  }
  return { ...e, box: toHex(await gcmSeal(sealingKey(made.secret, e), fromHex(key.privateKey), binding(e))) }
}

/**
 * Reverses sealByFingerprint. KeyError 'fingerprint-ended' for another secret, an altered byte or
 * what is no envelope.
 */
export function openByFingerprint(e: Sealed, secret: Uint8Array): KeyPair {
  let d: Uint8Array | undefined
  if (e.v === 1 && e.kdf === 'HKDF-HMAC-SM3' && e.cipher === 'SM4-GCM') {
    try {
      d = gcmOpen(sealingKey(secret, e), fromHex(e.box), binding(e))
    } catch {
      // a field is no hex: told below
    }
  }
  if (!d) throw new KeyError('fingerprint-ended')
  const privateKey = toHex(d)
  d.fill(0)
  if (publicKeyOf(privateKey) !== e.publicKey) throw new KeyError('fingerprint-ended')
  return { privateKey, publicKey: e.publicKey }
}

/** Whether the person may confirm by fingerprint now: switched on, and this browser can. */
export async function fingerprintOn(person: string): Promise<boolean> {
  return storedKey(person)?.fingerprint !== undefined && (await fingerprintHere())
}

/**
 * Switches it on: the PIN opens the key, the authenticator seals a copy. KeyError of unlock and of
 * platform/fingerprint.
 */
export async function switchFingerprintOn(person: string, pin: string): Promise<void> {
  const key = await unlock(person, pin)
  const salt = await randomBytes(SALT)
  const user = fromHex(sm3(utf8(`fingerprint.user|${key.publicKey}`))).slice(0, USER)
  const made = await makeFingerprint(user, t('sign.fingerprintLabel'), salt)
  const fingerprint = await sealByFingerprint(key, made, salt)
  made.secret.fill(0)
  const kept = storedKey(person)
  if (kept?.publicKey !== key.publicKey) throw new KeyError('no-key') // wiped or replaced in another window meanwhile
  keepKey(person, { ...kept, fingerprint })
}

export function switchFingerprintOff(person: string): void {
  const kept = storedKey(person)
  if (kept) keepKey(person, { ...kept, fingerprint: undefined })
}

/**
 * Opens the key by fingerprint. A copy that the authenticator's secret does not open is of no use
 * and is removed.
 */
export async function unlockByFingerprint(person: string): Promise<KeyPair> {
  const sealed = storedKey(person)?.fingerprint
  if (!sealed) throw new KeyError('fingerprint-ended')
  const secret = await askFingerprint(sealed.credential, fromHex(sealed.salt))
  try {
    return openByFingerprint(sealed, secret)
  } catch (e) {
    switchFingerprintOff(person)
    throw e
  } finally {
    secret.fill(0)
  }
}
