// Where a person's sealed key lies on this device, apart from the signing code: pages that only
// look need not load that.
import { ref } from 'vue'
import * as storage from '@/platform/storage'
import { forgetFingerprint } from '@/platform/fingerprint'
import { DAY } from './days'

/** What is kept on the device for one person. */
export interface StoredKey {
  /** The sealed key as chain/gm.OpenKey reads it. */
  sealed: string
  publicKey: string
  /** Id of the certificate, '' until the key is enrolled. */
  certificate: string
  /** Wrong PINs in a row. */
  wrong: number
  /** End of the certificate, as the server last told. */
  notAfter?: string
  /**
   * A second copy, sealed by the platform authenticator (lib/fingerprint); absent: switched off.
   */
  fingerprint?: SealedByFingerprint
  /** The key that signed for this one, until the server is known to have taken this one. */
  before?: StoredKey
}

/**
 * Version 1. Nothing in it opens the key: the secret comes out of the authenticator, after it has
 * verified the person.
 */
export interface SealedByFingerprint {
  v: 1
  kdf: 'HKDF-HMAC-SM3'
  salt: string
  cipher: 'SM4-GCM'
  publicKey: string
  /** Id of the authenticator's credential, base64. */
  credential: string
  box: string
}

const PREFIX = 'key/'
const slot = (person: string) => PREFIX + person

/** Counts changes, so that what is drawn from storage is drawn again. */
const changes = ref(0)

/** The key kept for a person, or undefined. */
export function storedKey(person: string): StoredKey | undefined {
  void changes.value
  const text = storage.read(slot(person))
  return text ? (JSON.parse(text) as StoredKey) : undefined
}

export function keepKey(person: string, key: StoredKey): void {
  const before = storedKey(person)?.fingerprint?.credential
  storage.write(slot(person), JSON.stringify(key))
  if (before && before !== key.fingerprint?.credential) forgetFingerprint(before)
  changes.value++
}

/**
 * Removes the key from this device for ever, both copies. The certificate stays valid until it is
 * revoked at the server.
 */
export function wipeKey(person: string): void {
  const credential = storedKey(person)?.fingerprint?.credential
  storage.remove(slot(person))
  if (credential) forgetFingerprint(credential)
  changes.value++
}

/** How far the key of a PIN is worked out, from 0 to 1; 0 while none is. */
export const opening = ref(0)

/** Wrong PINs in a row that wipe the key. */
export const MAX_WRONG = 10

/** That many tries left, or fewer: the person is warned. */
export const FEW_TRIES = 3

/** How many tries the person has left, when they are few. */
export function fewTries(person: string): number | undefined {
  const kept = storedKey(person)
  const left = MAX_WRONG - (kept?.wrong ?? 0)
  return kept && left <= FEW_TRIES ? left : undefined
}

/**
 * From that many days before its end on, every main page says that the certificate has to be
 * renewed.
 */
export const WARN_DAYS = 30

/**
 * Whole days until the certificate ends, when that is soon; 0 on the last day, negative afterwards.
 */
export function endsSoon(person: string, now: number): number | undefined {
  const end = Date.parse(storedKey(person)?.notAfter ?? '')
  const days = Math.floor((end - now) / DAY)
  return days < WARN_DAYS ? days : undefined // false as well when no end is known
}
