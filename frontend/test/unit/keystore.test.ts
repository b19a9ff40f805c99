import { describe, expect, it } from 'vitest'
import { ITERATIONS, keepKey, openKey, sealKey, storedKey, unlock, wipeKey } from '@/lib/keystore'
import type { KeyError } from '@/lib/faults'
import { generateKey } from '@/lib/sm'
import { json } from '../golden'

const GO_ROUNDS_MS = 120_000 // Go seals with 200 000 rounds

const fault = (p: Promise<unknown>) => p.then(() => 'opened', (e: KeyError) => e.fault)

async function kept(pin: string) {
  const key = await generateKey()
  keepKey('u1', { sealed: await sealKey(key, pin, ITERATIONS), publicKey: key.publicKey, certificate: '', wrong: 0 })
  return key
}

describe('sealed keys', () => {
  it.each(['go.json', 'js.json'])("opens chain/gm's of %s", async (file) => {
    const v = json<{ sealedKeys: { privateKey: string; pin: string; sealed: string }[] }>(`chain/gm/testdata/${file}`)
    expect(v.sealedKeys.length).toBeGreaterThan(0)
    for (const s of v.sealedKeys) expect((await openKey(s.sealed, s.pin)).privateKey).toBe(s.privateKey)
  }, GO_ROUNDS_MS)

  it('opens with its PIN and refuses another, an altered field, and what is no envelope', async () => {
    const key = await generateKey()
    const sealed = await sealKey(key, '864213', ITERATIONS)
    expect(Object.keys(JSON.parse(sealed))).toEqual(['v', 'kdf', 'iterations', 'salt', 'cipher', 'publicKey', 'box'])
    expect(await openKey(sealed, '864213')).toEqual(key)
    expect(await fault(openKey(sealed, '864214'))).toBe('wrong-pin')
    const other = await generateKey()
    expect(await fault(openKey(sealed.replace(key.publicKey, other.publicKey), '864213'))).toBe('wrong-pin')
    for (const bad of ['', '{}', sealed.replace('"v":1', '"v":2'), sealed.replace('10000', '9999')])
      expect(await fault(openKey(bad, '864213'))).toBe('damaged')
    expect(await fault(sealKey(key, '12345'))).toBe('pin-length')
  })
})

describe("a person's key", () => {
  it('counts wrong PINs, forgets them after a right one, and is wiped after ten', async () => {
    const key = await kept('864213')
    expect(await unlock('u1', '000000').catch((e: KeyError) => e.left)).toBe(9)
    expect(await unlock('u1', '864213')).toEqual(key)
    expect(storedKey('u1')?.wrong).toBe(0)
    keepKey('u1', { ...storedKey('u1')!, wrong: 9 })
    expect(await fault(unlock('u1', '000000'))).toBe('wiped')
    expect(storedKey('u1')).toBeUndefined()
    expect(await fault(unlock('u1', '864213'))).toBe('no-key')
  })

  it('is gone when wiped, and is nobody else’s', async () => {
    await kept('864213')
    expect(await fault(unlock('u2', '864213'))).toBe('no-key')
    wipeKey('u1')
    expect(storedKey('u1')).toBeUndefined()
  })
})
