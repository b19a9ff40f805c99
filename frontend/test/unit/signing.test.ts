import { beforeEach, describe, expect, it, vi } from 'vitest'
import { fromBase64, toHex, utf8 } from '@/lib/bytes'
import { canonical, type JSONValue } from '@/lib/canonical'
import { keepKey, sealKey } from '@/lib/keystore'
import { documentDigest, recordID, type Statement } from '@/lib/record'
import { Surprise } from '@/lib/faults'
import { inspect, signAndSend, type Intent } from '@/lib/signing'
import { generateKey, verify, type KeyPair } from '@/lib/sm'

const NOW = Date.parse('2026-11-01T08:00:00Z')
const actor = 'a1'.repeat(32)
const salt = '5a'.repeat(32)
const rx = 'RX20261101000000000101'

interface Change {
  statement?: Partial<Statement>
  document?: string
  over?: Partial<Intent>
}

const document = canonical({
  schema: 'hospital.rx.cancel/1',
  prescription: rx,
  reason: '开错药',
  role: 'doctor',
  name: '李明德',
  time: '2026-11-01T16:00:00.000+08:00',
})

function intent({ statement = {}, document: shown = document, over = {} }: Change = {}): Intent {
  const s: Statement = {
    actor,
    chain: 'ward-test',
    digest: documentDigest(
      Uint8Array.from({ length: 32 }, () => 0x5a),
      utf8(shown),
    ),
    facts: {},
    kind: 'rx.cancel',
    org: 'h1',
    seq: 3,
    subject: `rx:${rx}`,
    time: NOW,
    v: 1,
    ...statement,
  }
  return {
    id: 'i1',
    action: 'rx.cancel',
    document: shown,
    salt,
    statement: canonical(s as unknown as JSONValue),
    record: recordID(s),
    expiresAt: '',
    ...over,
  }
}

const surprise = (i: Intent) => {
  try {
    inspect(i, { kind: 'rx.cancel', prescription: rx, certificate: actor }, NOW)
    return 'accepted'
  } catch (e) {
    if (e instanceof Surprise) return e.what
    throw e
  }
}

describe('what the server wants signed', () => {
  it('is accepted when it is what was asked for', () => expect(surprise(intent())).toBe('accepted'))

  const honest = intent()
  const cases: [string, Intent, string][] = [
    ['another kind', intent({ statement: { kind: 'rx.approve' } }), 'kind'],
    ['another actor', intent({ statement: { actor: 'b2'.repeat(32) } }), 'actor'],
    [
      'a document that is not committed to',
      { ...honest, document: honest.document.replace('开错药', '患者要求') },
      'document',
    ],
    ['a salt of another length', { ...honest, salt: salt.slice(2) }, 'document'],
    ['a document that can be read in two ways', intent({ document: '{"a":1,"a":2}' }), 'document'],
    ['a document with spaces', intent({ document: '{ "a":1}' }), 'document'],
    ['a statement with a space', { ...honest, statement: honest.statement.replace(',', ', ') }, 'statement'],
    [
      'a statement with an unknown member',
      { ...honest, statement: honest.statement.replace('"v":1', '"v":1,"x":1') },
      'statement',
    ],
    ['a statement of another version', intent({ statement: { v: 3 } }), 'statement'],
    ['another record', { ...honest, record: 'c3'.repeat(32) }, 'record'],
    ['another prescription', intent({ statement: { subject: 'rx:RX2' } }), 'subject'],
    ['a document about another prescription', intent({ document: document.replace(rx, 'RX2') }), 'subject'],
    ['a time of another day', intent({ statement: { time: NOW - 3 * 86_400_000 } }), 'clock'],
  ]
  it.each(cases)('is refused: %s', (_, i, what) => expect(surprise(i)).toBe(what))
})

describe('signing', () => {
  let key: KeyPair
  const request = vi.fn()
  beforeEach(async () => {
    key = await generateKey()
    keepKey('u1', { sealed: await sealKey(key, '864213'), publicKey: key.publicKey, certificate: actor, wrong: 0 })
    Object.assign(uni, { request })
    request.mockReset()
  })
  const act = () => inspect(intent(), { kind: 'rx.cancel', certificate: actor }, NOW)
  const answer = (record: string) =>
    request.mockImplementation((o: UniApp.RequestOptions) =>
      o.success?.({ statusCode: 200, data: JSON.stringify({ record }), header: {}, cookies: [] } as never),
    )

  it('sends a signature over exactly the statement', async () => {
    answer(act().intent.record)
    await signAndSend(act(), 'u1', '864213')
    const sent = request.mock.calls[0]![0] as { url: string; data: string; header: Record<string, string> }
    expect(sent.url).toContain('/v1/intents/i1/sign')
    expect(sent.header['Idempotency-Key']).toMatch(/^[0-9a-f]{32}$/)
    const signature = fromBase64((JSON.parse(sent.data) as { signature: string }).signature)
    expect(verify(utf8(act().intent.statement), signature, key.publicKey)).toBe(true)
    expect(toHex(signature).startsWith('30')).toBe(true)
  })

  it('sends nothing for a wrong PIN', async () => {
    await expect(signAndSend(act(), 'u1', '000000')).rejects.toMatchObject({ fault: 'wrong-pin', left: 9 })
    expect(request).not.toHaveBeenCalled()
  })

  it('tells when the server recorded something else', async () => {
    answer('d4'.repeat(32))
    await expect(signAndSend(act(), 'u1', '864213')).rejects.toBeInstanceOf(Surprise)
  })
})
