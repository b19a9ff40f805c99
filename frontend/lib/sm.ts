// The one place that knows sm-crypto-v2: SM2 signatures (GB/T 32918.2), SM3 and SM4-GCM with every
// option named, since the library's defaults are not ours. Random numbers come from
// platform/random, never from the library. The module is large, so nothing outside the signing and
// receipt pages may import it but by load().
import { sm2, sm3 as sm3Hex, sm4 } from 'sm-crypto-v2'
import { derive } from '@/platform/pin'
import { randomBytes } from '@/platform/random'
import { concat, fromHex, toHex, utf8 } from './bytes'
import { parseSignature, strictSignature } from './der'

const n = BigInt('0xfffffffeffffffffffffffffffffffff7203df6b21c6052b53bbf40939d54123')

export interface KeyPair {
  /** d, 64 hex digits. */
  privateKey: string
  /** 04 ‖ x ‖ y, 130 hex digits. */
  publicKey: string
}

/** SM3 (GB/T 32905) of the parts one after the other, 64 hex digits. */
export function sm3(...parts: Uint8Array[]): string {
  return sm3Hex(parts.length === 1 ? parts[0]! : concat(...parts))
}

/** A number in 1 … n-1 without bias: draw again what is outside. */
async function scalar(below: bigint): Promise<string> {
  for (;;) {
    const hex = toHex(await randomBytes(32))
    const value = BigInt('0x' + hex)
    if (value > BigInt(0) && value < below) return hex
  }
}

/** A new key: d in 1 … n-2 (GB/T 32918.1 6.1). */
export async function generateKey(): Promise<KeyPair> {
  const privateKey = await scalar(n - BigInt(1))
  return { privateKey, publicKey: publicKeyOf(privateKey) }
}

export function publicKeyOf(privateKey: string): string {
  return sm2.getPublicKeyFromPrivateKey(privateKey)
}

/** SM2-with-SM3 signature over the message under the default id 1234567812345678, strict DER. */
export async function sign(message: Uint8Array, key: KeyPair): Promise<Uint8Array> {
  const k = await scalar(n)
  const x1 = BigInt('0x' + publicKeyOf(k).slice(2, 66))
  const raw = sm2.doSignature(message, key.privateKey, {
    hash: true,
    der: false,
    publicKey: key.publicKey,
    pointPool: [{ k: BigInt('0x' + k), x1 }],
  })
  return strictSignature(raw.slice(0, 64), raw.slice(64))
}

/** Whether der is a strict-DER signature over the message by the key. Never throws. */
export function verify(message: Uint8Array, der: Uint8Array, publicKey: string): boolean {
  const rs = parseSignature(der)
  if (!rs || !isPublicKey(publicKey)) return false
  try {
    return sm2.doVerifySignature(message, rs.r + rs.s, publicKey, { hash: true, der: false })
  } catch {
    return false // the library throws for some numbers it does not like
  }
}

/** Whether the text is an uncompressed point of the curve. */
export function isPublicKey(publicKey: string): boolean {
  if (!/^04[0-9a-f]{128}$/.test(publicKey)) return false
  try {
    return sm2.verifyPublicKey(publicKey)
  } catch {
    return false
  }
}

/** First 16 bytes of PBKDF2-HMAC-SM3 (RFC 8018 5.2); lib/keyslot's `opening` says how far it is. */
export const pinKey = (pin: string, salt: Uint8Array, iterations: number) => derive(utf8(pin), salt, iterations)

const hmac = (key: Uint8Array, ...parts: Uint8Array[]) => fromHex(sm3Hex(concat(...parts), { key, mode: 'hmac' }))

/** First 16 bytes of HKDF (RFC 5869) with HMAC-SM3: one round gives 32. */
export function hkdf(secret: Uint8Array, salt: Uint8Array, info: Uint8Array): Uint8Array {
  return hmac(hmac(salt, secret), info, Uint8Array.of(1)).slice(0, 16)
}

const NONCE = 12
const TAG = 16

/** SM4-GCM: nonce (12) ‖ ciphertext ‖ tag (16). */
export async function gcmSeal(key: Uint8Array, plain: Uint8Array, aad: Uint8Array): Promise<Uint8Array> {
  const nonce = await randomBytes(NONCE)
  const made = sm4.encrypt(plain, key, {
    mode: 'gcm',
    iv: toHex(nonce),
    associatedData: aad,
    outputTag: true,
    output: 'array',
  })
  if (!made.tag) throw new Error('SM4-GCM made no tag')
  return concat(nonce, made.output, made.tag)
}

/** Reverses gcmSeal; undefined when a bit of box, key or aad is another. */
export function gcmOpen(key: Uint8Array, box: Uint8Array, aad: Uint8Array): Uint8Array | undefined {
  if (box.length < NONCE + TAG) return undefined
  try {
    return sm4.decrypt(box.slice(NONCE, -TAG), key, {
      mode: 'gcm',
      iv: toHex(box.slice(0, NONCE)),
      associatedData: aad,
      tag: box.slice(-TAG),
      output: 'array',
    })
  } catch {
    return undefined
  }
}
