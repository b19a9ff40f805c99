import { describe, expect, it } from 'vitest'
import { fromHex, utf8 } from '@/lib/bytes'
import { MembersError, openMembers } from '@/lib/members'
import { Refusal, verifyDocument, verifyReceipt, verifyStatus, type Reason } from '@/lib/receipt'
import { recordID } from '@/lib/record'
import { files, json, text } from '../golden'

const folder = 'chain/testdata/'
const roster = openMembers(text(folder + 'members.json'))

function reasonOf(check: () => unknown): Reason | 'accepted' {
  try {
    check()
    return 'accepted'
  } catch (e) {
    if (e instanceof Refusal) return e.reason
    throw e
  }
}

describe('golden receipts', () => {
  const receipts = files(folder, /^receipt-.*\.json$/)
  it('are all here', () => expect(receipts).toHaveLength(12))
  it.each(receipts)('%s holds', (file) => {
    const r = verifyReceipt(roster, text(folder + file))
    expect(file).toContain(r.record.statement.kind)
    expect(recordID(r.record.statement)).toMatch(/^[0-9a-f]{64}$/)
    expect(reasonOf(() => verifyReceipt(roster, JSON.stringify(JSON.parse(text(folder + file)), null, 2)))).toBe('accepted')
  })
  it.each(files(folder, /^status-.*\.json$/))('%s holds', (file) => {
    const s = verifyStatus(roster, text(folder + file))
    expect(s.state.status === '').toBe(file.includes('absent'))
  })
})

describe('forged receipts', () => {
  const forged = files(folder + 'forged', /\.json$/)
  it('are all here', () => expect(forged.length).toBeGreaterThanOrEqual(61))
  it.each(forged)('%s is refused for its reason', (file) => {
    const f = json<{ kind: string; reason: Reason; text: string }>(`${folder}forged/${file}`)
    expect(reasonOf(() => (f.kind === 'status' ? verifyStatus(roster, f.text) : verifyReceipt(roster, f.text)))).toBe(f.reason)
  })
})

describe('the document behind a record', () => {
  const d = json<{ kind: string; salt: string; document: string }[]>(folder + 'documents.json').find((x) => x.kind === 'rx.issue')!
  const { statement } = verifyReceipt(roster, text(folder + 'receipt-05-rx.issue.json')).record
  const check = (salt: string, document: string) => reasonOf(() => verifyDocument(statement, fromHex(salt), utf8(document)))
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
    ['no list', '{}'],
  ]
  it.each(changed)('%s', (_, forged) => {
    expect(forged).not.toBe(list)
    expect(() => openMembers(forged)).toThrow(MembersError)
  })
})
