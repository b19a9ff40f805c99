import { describe, expect, it } from 'vitest'
import { fromHex, toHex, utf8 } from '@/lib/bytes'
import { canonical, type JSONValue } from '@/lib/canonical'
import { deedOf, memberSince, openHistory, timelineOf } from '@/lib/history'
import { MembersError, openMembers } from '@/lib/members'
import { pickupHead, pickupNext } from '@/lib/pickup'
import {
  Refusal,
  verifyDocument,
  verifyReceipt,
  verifySealed,
  verifyStatus,
  type Reason,
  type Receipt,
} from '@/lib/receipt'
import { bytesOf, hash, recordID, type ChainRecord } from '@/lib/record'
import { files, json, text } from '../golden'

const folder = 'chain/testdata/'
const members = timelineOf(openMembers(text(folder + 'members.json')))

function reasonOf(check: () => unknown): Reason | 'accepted' {
  try {
    check()
    return 'accepted'
  } catch (e) {
    if (e instanceof Refusal || e instanceof MembersError) return e.reason
    throw e
  }
}

describe('golden receipts', () => {
  const receipts = files(folder, /^receipt-.*\.json$/)
  it('are all here', () => expect(receipts).toHaveLength(12))
  it.each(receipts)('%s holds', (file) => {
    const r = verifyReceipt(members, text(folder + file))
    expect(file).toContain(r.record.statement.kind)
    expect(recordID(r.record.statement)).toMatch(/^[0-9a-f]{64}$/)
    expect(reasonOf(() => verifyReceipt(members, JSON.stringify(JSON.parse(text(folder + file)), null, 2)))).toBe(
      'accepted',
    )
  })
  it.each(files(folder, /^status-.*\.json$/))('%s holds', (file) => {
    const s = verifyStatus(members, text(folder + file))
    expect(s.state.status === '').toBe(file.includes('absent'))
  })
})

describe('forged receipts', () => {
  const forged = files(folder + 'forged', /\.json$/)
  it('are all here', () => expect(forged.length).toBeGreaterThanOrEqual(61))
  it.each(forged)('%s is refused for its reason', (file) => {
    const f = json<{ kind: string; reason: Reason; text: string }>(`${folder}forged/${file}`)
    expect(reasonOf(() => (f.kind === 'status' ? verifyStatus(members, f.text) : verifyReceipt(members, f.text)))).toBe(
      f.reason,
    )
  })
})

describe('statements of version 2', () => {
  const v2 = folder + 'v2/'
  const list = timelineOf(openMembers(text(v2 + 'members.json')))
  const receipts = files(v2.slice(0, -1), /^receipt-.*\.json$/)
  const forged = files(v2 + 'forged', /\.json$/)
  it('are all here', () => expect([receipts.length, forged.length]).toEqual([16, 27]))
  it.each(receipts)('%s holds', (file) => expect(verifyReceipt(list, text(v2 + file)).record.statement.v).toBe(2))
  it.each(forged)('%s is refused for its reason', (file) => {
    const f = json<{ reason: Reason; text: string }>(`${v2}forged/${file}`)
    expect(reasonOf(() => verifyReceipt(list, f.text))).toBe(f.reason)
  })
  it.each(files(v2 + 'forged-lists', /\.json$/))('no list: %s', (file) => {
    expect(reasonOf(() => openMembers(text(`${v2}forged-lists/${file}`)))).toBe('members')
  })
  it('tell a claim, its lease and that it is contested', () => {
    expect(verifyStatus(list, text(v2 + 'status-contested.json')).state).toMatchObject({
      claims: 2,
      contested: true,
      holder: 'p2',
      status: 'claimed',
      parties: ['pat-1'],
    })
  })
  it('commit to a chain of codes', () => {
    const chains = json<{ foot: string; codes: string[]; head: string }[]>(v2 + 'pickup.json')
    expect(chains).toHaveLength(3)
    for (const c of chains) {
      expect(pickupHead(c.foot)).toBe(c.head)
      expect(c.codes.map(pickupNext)).toEqual([c.head, ...c.codes.slice(0, -1)])
    }
  })
})

/** RFC 6962 2.1 and 2.1.1. */
const split = (n: number) => 2 ** Math.ceil(Math.log2(n) - 1)
const rootOf = (leaves: Uint8Array[]): Uint8Array =>
  leaves.length === 1
    ? leaves[0]!
    : hash(1, rootOf(leaves.slice(0, split(leaves.length))), rootOf(leaves.slice(split(leaves.length))))
function pathOf(i: number, leaves: Uint8Array[]): string[] {
  if (leaves.length === 1) return []
  const k = split(leaves.length)
  const [left, right] = [leaves.slice(0, k), leaves.slice(k)]
  return i < k ? [...pathOf(i, left), toHex(rootOf(right))] : [...pathOf(i - k, right), toHex(rootOf(left))]
}

describe('receipts of format 2', () => {
  const folder2 = folder + 'batch/'
  const list = timelineOf(openMembers(text(folder2 + 'members.json')))
  const receipts = files(folder2.slice(0, -1), /^receipt-.*\.json$/)
  const forged = files(folder2 + 'forged', /\.json$/)
  it('are all here', () => expect([receipts.length, forged.length]).toEqual([29, 37]))
  it.each(receipts)('%s holds', (file) => {
    const { batch, actorSig, orgCert, statement } = verifyReceipt(list, text(folder2 + file)).record
    expect(batch).toBeDefined()
    expect(actorSig === '').toBe(statement.actor === orgCert)
  })
  it("have the places that this app's own tree gives the records of one seal", () => {
    const batches = new Map<string, ChainRecord[]>()
    for (const file of receipts) {
      const r = json<Receipt>(folder2 + file).record
      batches.set(r.orgSig, [...(batches.get(r.orgSig) ?? []), r])
    }
    const whole = [...batches.values()].filter((list) => list.length === list[0]!.batch!.size)
    expect(whole.map((list) => list.length).sort((a, b) => a - b)).toEqual([1, 3, 3, 3, 10])
    for (const list of whole) {
      const leaves = list.map(({ batch: _, ...r }) => hash(8, bytesOf({ ...r, orgSig: '' })))
      list
        .sort((a, b) => a.batch!.index - b.batch!.index)
        .forEach((r, i) => expect(r.batch!.path ?? []).toEqual(pathOf(i, leaves)))
    }
  })
  it.each(forged)('%s is refused for its reason', (file) => {
    const f = json<{ reason: Reason; text: string }>(`${folder2}forged/${file}`)
    expect(reasonOf(() => verifyReceipt(list, f.text))).toBe(f.reason)
  })
})

describe("the history of the members' list", () => {
  const annals = folder + 'history/'
  const timeline = openHistory(text(annals + 'history.json'))
  it('tells who joined, was suspended, has a new seal, left, and what was agreed on, and who voted for it', () => {
    expect(
      timeline.map((s) => [
        s.roster.from,
        s.change?.member?.id ?? s.change?.remove ?? s.change?.schema?.v,
        s.voters.join(' '),
      ]),
    ).toEqual([
      [0, undefined, ''],
      [20, 'h3', 'h1 h2 p1'],
      [40, 'p2', 'h1 h2 h3 i1'],
      [60, 'h2', 'h1 h3 i1 p1'],
      [80, 'h3', 'h1 h2 i1 p1'],
      [100, 2, 'h1 h2 p1'],
    ])
    expect(timeline.slice(1).map((s, i) => deedOf(timeline[i]!.roster, s.change!))).toEqual([
      'joins',
      'suspended',
      'keys',
      'leaves',
      'schema',
    ])
    expect([memberSince(timeline.slice(0, 4) as [(typeof timeline)[0]], 'h3'), memberSince(timeline, 'h1')]).toEqual([
      20, 0,
    ])
    expect(timeline[2]!.roster.orgs.get('p2')!.suspended).toBe(true)
    expect(timeline.map((s) => s.roster.orgs.size)).toEqual([6, 7, 7, 7, 6, 6])
  })
  const receipts = files(annals.slice(0, -1), /^receipt-.*\.json$/)
  it('has receipts from before, between and after', () => expect(receipts).toHaveLength(7))
  it.each(receipts)('%s holds by the list in force', (file) => {
    expect(verifyReceipt(timeline, text(annals + file)).v).toBe(1)
  })
  const forged = files(annals + 'forged', /\.json$/)
  it('has forgeries', () => expect(forged.length).toBeGreaterThanOrEqual(36))
  it.each(forged)('%s is refused for its reason', (file) => {
    const f = json<{ kind: string; reason: Reason; text: string }>(`${annals}forged/${file}`)
    expect(reasonOf(() => (f.kind === 'history' ? openHistory(f.text) : verifyReceipt(timeline, f.text)))).toBe(
      f.reason,
    )
  })
})

describe("a height's header", () => {
  const { header, seals } = json<Receipt>(folder + 'receipt-05-rx.issue.json')
  const check = (change: object) =>
    reasonOf(() => verifySealed(members, JSON.stringify({ header: { ...header, ...change }, seals }, null, 1)))
  it('is sealed by the members, as it is and no other', () => {
    expect(verifySealed(members, canonical({ header, seals } as unknown as JSONValue))).toEqual(header)
    expect([
      check({}),
      check({ logSize: header.logSize + 1 }),
      check({ membersRoot: header.logRoot }),
      check({ chain: 'elsewhere' }),
    ]).toEqual(['accepted', 'seal-signature', 'members', 'wrong-chain'])
    expect(
      reasonOf(() => verifySealed(members, canonical({ header, seals: seals.slice(0, 1) } as unknown as JSONValue))),
    ).toBe('quorum')
  })
})

describe('the document behind a record', () => {
  const d = json<{ kind: string; salt: string; document: string }[]>(folder + 'documents.json').find(
    (x) => x.kind === 'rx.issue',
  )!
  const { statement } = verifyReceipt(members, text(folder + 'receipt-05-rx.issue.json')).record
  const check = (salt: string, document: string) =>
    reasonOf(() => verifyDocument(statement, fromHex(salt), utf8(document)))
  it('is the one committed to and no other', () => {
    expect(check(d.salt, d.document)).toBe('accepted')
    expect(check(d.salt, d.document + ' ')).toBe('digest')
    expect(check(d.salt.slice(2) + '00', d.document)).toBe('digest')
    expect(check(d.salt.slice(2), d.document)).toBe('digest')
  })
})

describe("members' lists that cannot be trusted", () => {
  const list = text(folder + 'members.json')
  const changed: [string, string][] = [
    ['unknown member', list.replace('"v":1', '"v":1,"x":1')],
    ['other version', list.replace('"v":1', '"v":2')],
    ['power without a vote', list.replace('"power":1', '"power":0')],
    ['other role', list.replace('"role":"hospital"', '"role":"bank"')],
    ['seal of another', list.replace('"id":"h1"', '"id":"h0"')],
    ['a suspended member that votes', list.replace(/("seal":"[^"]*"),"validator"/, '$1,"suspended":true,"validator"')],
    ['a node key of another length', list.replace(/("name":"[^"]*"),"power"/, '$1,"nodes":["AAAA"],"power"')],
    ['one node key twice', list.replace(/("name":"[^"]*"),"power"/g, `$1,"nodes":["${'A'.repeat(43)}="],"power"`)],
    ['schemas that do not ascend', list.replace(/,"v":1}$/, ',"schemas":[{"from":9,"v":2},{"from":9,"v":3}],"v":1}')],
    ['no list', '{}'],
  ]
  it.each(changed)('%s', (_, forged) => {
    expect(forged).not.toBe(list)
    expect(() => openMembers(forged)).toThrow(MembersError)
  })
})
