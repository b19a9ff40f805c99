import { describe, expect, it } from 'vitest'
import { fromHex, toHex, utf8 } from '@/lib/bytes'
import { gcmOpen, gcmSeal, generateKey, isPublicKey, pinKey, publicKeyOf, sign, sm3, verify } from '@/lib/sm'
import { json } from '../golden'

interface Vectors {
  signatures: { privateKey: string; publicKey: string; message: string; der: string; raw: string }[]
  digests: { message: string; sm3: string }[]
  pbkdf2: { pin: string; salt: string; iterations: number; key: string }[]
  gcm: { key: string; aad: string; message: string; box: string }[]
  enrolments: { publicKey: string; challenge: string; signature: string }[]
}

for (const file of ['go.json', 'js.json']) {
  describe(`vectors of ${file}`, () => {
    const v = json<Vectors>(`chain/gm/testdata/${file}`)

    it('verifies every signature and none over another message', () => {
      expect(v.signatures.length).toBeGreaterThan(5)
      for (const s of v.signatures) {
        expect(verify(utf8(s.message), fromHex(s.der), s.publicKey)).toBe(true)
        expect(verify(utf8(s.message + '.'), fromHex(s.der), s.publicKey)).toBe(false)
        expect(verify(utf8(s.message), fromHex(s.der + '00'), s.publicKey)).toBe(false)
        expect(publicKeyOf(s.privateKey)).toBe(s.publicKey)
      }
    })

    it('agrees on SM3, PBKDF2, SM4-GCM and enrolments', async () => {
      for (const d of v.digests) expect(sm3(utf8(d.message))).toBe(d.sm3)
      for (const p of v.pbkdf2) expect(toHex(await pinKey(p.pin, fromHex(p.salt), p.iterations))).toBe(p.key)
      for (const g of v.gcm) expect(gcmOpen(fromHex(g.key), fromHex(g.box), fromHex(g.aad))).toEqual(utf8(g.message))
      for (const e of v.enrolments) expect(verify(utf8(e.challenge), fromHex(e.signature), e.publicKey)).toBe(true)
    })
  })
}

describe('our own', () => {
  it('signatures verify, differ each time, and are strict DER', async () => {
    const key = await generateKey()
    expect(isPublicKey(key.publicKey)).toBe(true)
    const [a, b] = [await sign(utf8('处方'), key), await sign(utf8('处方'), key)]
    expect(toHex(a)).not.toBe(toHex(b))
    for (const der of [a, b]) {
      expect(verify(utf8('处方'), der, key.publicKey)).toBe(true)
      expect(der.length).toBeLessThanOrEqual(72)
      for (let i = 0; i < der.length; i++)
        expect(
          verify(
            utf8('处方'),
            der.map((v, j) => (i === j ? v ^ 1 : v)),
            key.publicKey,
          ),
        ).toBe(false)
    }
  })

  it('box opens with its key and aad only', async () => {
    const key = fromHex('000102030405060708090a0b0c0d0e0f')
    const box = await gcmSeal(key, utf8('x'), utf8('aad'))
    expect(gcmOpen(key, box, utf8('aad'))).toEqual(utf8('x'))
    expect(gcmOpen(key, box, utf8('other'))).toBeUndefined()
    expect(gcmOpen(fromHex('ff0102030405060708090a0b0c0d0e0f'), box, utf8('aad'))).toBeUndefined()
    expect(gcmOpen(key, box.slice(0, -1), utf8('aad'))).toBeUndefined()
  })

  it('a key of another curve or form is none', () => {
    expect(isPublicKey('04' + '00'.repeat(64))).toBe(false)
    expect(isPublicKey('02' + '11'.repeat(32))).toBe(false)
  })
})
