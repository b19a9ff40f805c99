import { hkdfSync } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { toHex, utf8 } from '@/lib/bytes'
import type { KeyError } from '@/lib/faults'
import {
  fingerprintOn,
  openByFingerprint,
  sealByFingerprint,
  switchFingerprintOff,
  switchFingerprintOn,
  unlockByFingerprint,
} from '@/lib/fingerprint'
import { endsSoon, fewTries, keepKey, storedKey, wipeKey } from '@/lib/keyslot'
import { changePIN, sealKey, unlock } from '@/lib/keystore'
import { trouble } from '@/lib/problems'
import { generateKey, hkdf, type KeyPair } from '@/lib/sm'
import { fingerprintHere } from '@/platform/fingerprint'
import { Authenticator } from '../authenticator'

const fault = (work: () => unknown) => Promise.resolve().then(work).then(() => 'opened', (e: KeyError) => e.fault)
const PIN = '864213'
const salt = Uint8Array.from({ length: 32 }, (_, i) => i)
const secret = Uint8Array.from({ length: 32 }, (_, i) => 255 - i)

describe('HKDF with HMAC-SM3', () => {
  it("is OpenSSL's", () => {
    for (const info of ['', 'fingerprint', 'x'.repeat(200)])
      expect(toHex(hkdf(secret, salt, utf8(info)))).toBe(
        Buffer.from(hkdfSync('sm3', secret, salt, info, 16)).toString('hex'),
      )
  })
})

describe('the copy sealed by an authenticator', () => {
  const made = { credential: 'AAAA', secret }

  it('opens with the secret and with no other', async () => {
    const key = await generateKey()
    const sealed = await sealByFingerprint(key, made, salt)
    expect(openByFingerprint(sealed, secret)).toEqual(key)
    expect(JSON.stringify(sealed)).not.toContain(key.privateKey)
    expect(
      await fault(() =>
        openByFingerprint(
          sealed,
          Uint8Array.from(secret, (b, i) => (i ? b : b ^ 1)),
        ),
      ),
    ).toBe('fingerprint-ended')
  })

  it('refuses every altered field', async () => {
    const key = await generateKey()
    const other = await generateKey()
    const sealed = await sealByFingerprint(key, made, salt)
    const box = sealed.box
    const changes: object[] = [
      { v: 2 },
      { kdf: 'HKDF' },
      { cipher: 'SM4-CBC' },
      { salt: '00' + sealed.salt.slice(2, -2) + 'ff' },
      { salt: 'zz' },
      { publicKey: other.publicKey },
      { credential: 'AAAB' },
      { box: '' },
      { box: box.slice(2) },
      { box: 'no hex' },
      { box: box.slice(0, -2) + (box.endsWith('00') ? '01' : '00') },
      { box: (box.startsWith('00') ? '01' : '00') + box.slice(2) },
    ]
    for (const change of changes)
      expect(
        await fault(() => openByFingerprint({ ...sealed, ...change } as never, secret)),
        JSON.stringify(change),
      ).toBe('fingerprint-ended')
  })

  it('is another one for another salt and another key', async () => {
    const key = await generateKey()
    const boxes = await Promise.all([
      sealByFingerprint(key, made, salt),
      sealByFingerprint(key, made, Uint8Array.from(salt).reverse()),
    ])
    expect(await fault(() => openByFingerprint({ ...boxes[0], box: boxes[1].box }, secret))).toBe('fingerprint-ended')
  })
})

describe("a person's fingerprint", () => {
  let key: KeyPair
  let device: Authenticator
  beforeEach(async () => {
    device = new Authenticator().install()
    key = await generateKey()
    keepKey('u1', { sealed: await sealKey(key, PIN), publicKey: key.publicKey, certificate: 'c1', wrong: 0 })
  })
  afterEach(() => vi.unstubAllGlobals())

  it('is switched on with the PIN and opens the key; nothing that lies in storage opens it', async () => {
    expect(await fingerprintOn('u1')).toBe(false)
    expect(await fault(() => switchFingerprintOn('u1', '000000'))).toBe('wrong-pin')
    expect(device.asked).toBe(0)
    await switchFingerprintOn('u1', PIN)
    expect(await fingerprintOn('u1')).toBe(true)
    expect(await unlockByFingerprint('u1')).toEqual(key)
    expect(await unlock('u1', PIN)).toEqual(key)
    const kept = uni.getStorageInfoSync().keys.map((k) => String(uni.getStorageSync(k))).join()
    expect(kept).not.toContain(key.privateKey)
    expect(kept).not.toContain(PIN)
  })

  it('asks an authenticator again that gives no secret at once', async () => {
    device.evaluatesAtOnce = false
    await switchFingerprintOn('u1', PIN)
    expect(await unlockByFingerprint('u1')).toEqual(key)
  })

  it('refused: the key stays shut, the copy stays, wrong PINs are not counted', async () => {
    await switchFingerprintOn('u1', PIN)
    device.person = 'refuses'
    expect(await fault(() => unlockByFingerprint('u1'))).toBe('fingerprint-refused')
    expect(storedKey('u1')).toMatchObject({ wrong: 0, fingerprint: { v: 1 } })
    device.person = 'passes'
    device.verifies = false
    expect(await fault(() => unlockByFingerprint('u1'))).toBe('fingerprint-refused')
  })

  it('is not switched on by an authenticator without secret or without verification', async () => {
    device.verifies = false
    expect(await fault(() => switchFingerprintOn('u1', PIN))).toBe('fingerprint-refused')
    device.knowsPRF = false
    expect(await fault(() => switchFingerprintOn('u1', PIN))).toBe('fingerprint-unsupported')
    expect(storedKey('u1')?.fingerprint).toBeUndefined()
    expect(device.forgotten).toHaveLength(2)
    expect(await fingerprintHere()).toBe(false)
  })

  it('goes when its secret is another', async () => {
    await switchFingerprintOn('u1', PIN)
    device.scramble()
    expect(await fault(() => unlockByFingerprint('u1'))).toBe('fingerprint-ended')
    expect(storedKey('u1')?.fingerprint).toBeUndefined()
    expect(await unlock('u1', PIN)).toEqual(key)
  })

  it.each<[string, () => void | Promise<void>]>([
    ['switched off', () => switchFingerprintOff('u1')],
    ['the PIN is changed', () => changePIN('u1', PIN, '975318')],
    ['the key is wiped', () => wipeKey('u1')],
    ['another key takes its place', () => keepKey('u1', { sealed: '', publicKey: '', certificate: '', wrong: 0 })],
    ['ten wrong PINs', async () => {
      keepKey('u1', { ...storedKey('u1')!, wrong: 9 })
      expect(await fault(() => unlock('u1', '000000'))).toBe('wiped')
    }],
  ])('is gone after: %s', async (_, what) => {
    await switchFingerprintOn('u1', PIN)
    await what()
    expect(storedKey('u1')?.fingerprint).toBeUndefined()
    expect(await fault(() => unlockByFingerprint('u1'))).toBe('fingerprint-ended')
    expect(device.forgotten).toHaveLength(1)
  })

  it.each(['127.0.0.1', '10.0.0.7', '[::1]'])(
    'is not offered at the address %s, which is no relying party',
    async (host) => {
      device.install(host)
      expect(await fingerprintHere()).toBe(false)
    },
  )
})

describe('the life of a key', () => {
  it('changes its PIN with the old one alone', async () => {
    const key = await generateKey()
    keepKey('u1', {
      sealed: await sealKey(key, PIN),
      publicKey: key.publicKey,
      certificate: 'c1',
      wrong: 2,
      notAfter: '2028-01-01T00:00:00Z',
    })
    expect(await fault(() => changePIN('u1', '000000', '975318'))).toBe('wrong-pin')
    expect(await fault(() => changePIN('u1', PIN, '97531'))).toBe('pin-length')
    await changePIN('u1', PIN, '975318')
    expect(await fault(() => unlock('u1', PIN))).toBe('wrong-pin')
    expect(await unlock('u1', '975318')).toEqual(key)
    expect(storedKey('u1')).toMatchObject({ certificate: 'c1', wrong: 0, notAfter: '2028-01-01T00:00:00Z' })
  })

  it('warns when three tries are left', async () => {
    const key = await generateKey()
    keepKey('u1', { sealed: await sealKey(key, PIN), publicKey: key.publicKey, certificate: '', wrong: 5 })
    const words = () => unlock('u1', '000000').then(String, (e: unknown) => trouble(e).title)
    expect(await words()).toContain('还可以试 4 次')
    expect(fewTries('u1')).toBeUndefined()
    expect(await words()).toContain('再错 3 次，本机签名密码将被清除')
    expect(fewTries('u1')).toBe(3)
  })

  it('says so when it ends within thirty days', () => {
    const now = Date.parse('2026-11-01T00:00:00Z')
    const soon = (notAfter?: string) => {
      keepKey('u1', { sealed: '', publicKey: '', certificate: '', wrong: 0, notAfter })
      return endsSoon('u1', now)
    }
    expect([
      soon(),
      soon('2026-12-01T00:00:00Z'),
      soon('2026-11-30T23:59:00Z'),
      soon('2026-11-01T08:00:00Z'),
      soon('2026-10-31T08:00:00Z'),
    ]).toEqual([undefined, undefined, 29, 0, -1])
    expect(endsSoon('u2', now)).toBeUndefined()
  })
})
