import { describe, expect, it } from 'vitest'
import { fromHex, toBase64 } from '@/lib/bytes'
import { canonical, type JSONValue } from '@/lib/canonical'
import { checkEvidence, isEvidence, readEvidence, writeEvidence, type Judged } from '@/lib/evidence'
import { checkOpen, checkVotes, neededOf, openHistory, timelineOf } from '@/lib/history'
import { MembersError, openMembers } from '@/lib/members'
import { Refusal, verifyAttempt, type Attempt, type Receipt } from '@/lib/receipt'
import type { ChainRecord } from '@/lib/record'
import { MAX_FILE } from '@/platform/files'
import { json, text } from '../golden'

const folder = 'chain/testdata/'
const genesis = text(folder + 'members.json').trim()
const timeline = timelineOf(openMembers(genesis))
const history = `{"adoptions":[],"genesis":${genesis},"v":1}`
const issue = text(folder + 'receipt-05-rx.issue.json')
const approve = text(folder + 'receipt-06-rx.approve.json')
const documents = json<{ kind: string; salt: string; document: string }[]>(folder + 'documents.json')
const part = (kind: string, receipt: string) => {
  const d = documents.find((x) => x.kind === kind)!
  return { document: d.document, salt: toBase64(fromHex(d.salt)), receipt }
}
const file = writeEvidence([part('rx.issue', issue), part('rx.approve', approve)], history)

const reasonOf = (act: () => unknown) => {
  try {
    act()
    return 'accepted'
  } catch (e) {
    if (e instanceof Refusal || e instanceof MembersError) return e.reason
    throw e
  }
}
const judged = async (raw: string) => {
  const read = readEvidence(raw)
  return checkEvidence(read, read.history ? openHistory(read.history) : timeline, async () => undefined)
}
const verdicts = (all: Judged[]) =>
  all.map((j) => j.reason ?? `${j.kind}${j.document ? ' with document' : ''}${j.attempt ? ' attempted' : ''}`)

describe('a file of evidence', () => {
  it('is canonical, holds receipts and history as they came, and proves every step by itself', async () => {
    expect(canonical(JSON.parse(file))).toBe(file)
    expect(file).toContain(issue.trim())
    expect(readEvidence(file).history).toBe(history)
    expect(verdicts(await judged(file))).toEqual(['rx.issue with document', 'rx.approve with document'])
    expect((await judged(file))[0]).toMatchObject({ subject: 'rx:RX20261101A', org: 'h1', height: 7 })
  })

  it('may be indented, and may come without documents', async () => {
    expect(verdicts(await judged(JSON.stringify(JSON.parse(file), null, 2)))).toEqual([
      'rx.issue with document',
      'rx.approve with document',
    ])
    expect(verdicts(await judged(`{"evidence":[{"receipt":${issue}}],"history":${history},"v":1}`))).toEqual([
      'rx.issue',
    ])
    expect(await judged(`{"evidence":[],"history":${history},"v":1}`)).toEqual([])
  })

  it('tells the good from the bad, each with its reason', async () => {
    const other = writeEvidence(
      [
        part('rx.approve', issue),
        part('rx.approve', approve.replace('"index":6', '"index":5')),
        part('rx.issue', issue),
      ],
      history,
    )
    expect(verdicts(await judged(other))).toEqual(['digest', 'path', 'rx.issue with document'])
    expect((await judged(other))[0]).toMatchObject({ valid: false, kind: 'rx.issue', document: false })
    const odd = `{"evidence":[{"document":"?","receipt":${issue},"salt":"AA=="},{"receipt":{"v":1}},{"receipt":null},{"receipt":${issue},"salt":"AA=="}],"history":${history},"v":1}`
    expect(verdicts(await judged(odd))).toEqual(['malformed', 'malformed', 'malformed', 'digest'])
  })

  it('is checked by the lists that it brings: of another consortium they have another genesis', async () => {
    const other = openHistory(text(folder + 'history/history.json'))
    expect(verdicts(await checkEvidence(readEvidence(file), other, async () => undefined))).not.toContain(
      'rx.issue with document',
    )
    expect(other[0].roster.digest).not.toBe(timeline[0].roster.digest)
  })

  const forms: [string, string, string][] = [
    ['another version', file.replace(/"v":1}$/, '"v":2}'), 'version'],
    ['no version', file.replace(/,"v":1}$/, '}'), 'version'],
    ['a name that is not known', file.replace('{"evidence"', '{"author":"me","evidence"'), 'malformed'],
    ['a name beside a receipt that is not known', file.replace('{"document"', '{"by":"me","document"'), 'malformed'],
    ['a doubled name', file.replace(/"v":1}$/, '"v":1,"v":1}'), 'malformed'],
    [
      'names out of order',
      file.replace(/^{"evidence":(.*),"history":(.*),"v":1}$/, '{"history":$2,"evidence":$1,"v":1}'),
      'malformed',
    ],
    ['no history', `{"evidence":[],"v":1}`, 'malformed'],
    ['evidence that is no list', `{"evidence":{},"history":${history},"v":1}`, 'malformed'],
    ['an item that is none', `{"evidence":[1],"history":${history},"v":1}`, 'malformed'],
    ['an item without a receipt', `{"evidence":[{}],"history":${history},"v":1}`, 'malformed'],
    [
      'a document that is no text',
      `{"evidence":[{"document":1,"receipt":${issue}}],"history":${history},"v":1}`,
      'malformed',
    ],
    ['something after it', file + '{}', 'malformed'],
    ['a number', '1', 'malformed'],
    ['nothing', '', 'malformed'],
  ]
  it.each(forms)('is refused with %s', (_, raw, reason) => expect(reasonOf(() => readEvidence(raw))).toBe(reason))
  it('is refused above its length', () =>
    expect(reasonOf(() => readEvidence(file + ' '.repeat(MAX_FILE)))).toBe('malformed'))

  it('brings no list that cannot be trusted', () => {
    const lists = { adoptions: [], genesis: { ...json<object>(folder + 'members.json'), v: 2 }, v: 1 }
    const raw = `{"evidence":[],"history":${canonical(lists as unknown as JSONValue)},"v":1}`
    expect(reasonOf(() => openHistory(readEvidence(raw).history!))).toBe('members')
  })

  it('is told from a receipt', () => {
    expect([JSON.parse(file), [], { evidence: 1 }].map(isEvidence)).toEqual([true, true, true])
    expect([JSON.parse(issue), null, 1, { state: {} }].map(isEvidence)).toEqual([false, false, false, false])
  })
})

describe('other forms', () => {
  const { actorCert, header, record } = JSON.parse(approve) as Receipt
  const attempt: Attempt = { actorCert, code: 14, height: header.height, record, time: header.time }
  const dossier = (more: object = {}) =>
    JSON.stringify({
      finding: { rule: { id: 'five-drugs' }, words: '<处方>' },
      evidence: [JSON.parse(`{"receipt":${issue}}`)],
      attempts: [attempt],
      ...more,
    })

  it("are a regulator's dossier, with and without the lists", async () => {
    expect(verdicts(await judged(dossier()))).toEqual(['rx.issue', 'rx.approve attempted'])
    expect(verdicts(await judged(dossier({ history: JSON.parse(history) })))).toEqual([
      'rx.issue',
      'rx.approve attempted',
    ])
    expect(readEvidence(dossier()).finding).toEqual({ rule: { id: 'five-drugs' }, words: '<处方>' })
    expect(reasonOf(() => readEvidence(dossier({ more: 1 })))).toBe('malformed')
    expect(reasonOf(() => readEvidence(JSON.stringify({ finding: {}, evidence: [] })))).toBe('malformed')
  })
  it('are a list of receipts', async () =>
    expect(verdicts(await judged(`[{"receipt":${issue}},{"receipt":${approve}}]`))).toEqual(['rx.issue', 'rx.approve']))

  const of = (change: (a: Attempt) => void) => {
    const copy = structuredClone(attempt)
    change(copy)
    return reasonOf(() => verifyAttempt(timeline, canonical(copy as unknown as JSONValue)))
  }
  const tricks: [string, string, (a: Attempt) => void][] = [
    ['as it was', 'accepted', () => undefined],
    ['told of another height, which nothing proves', 'accepted', (a) => (a.height = 99)],
    ['of another person', 'actor-certificate', (a) => (a.actorCert = (JSON.parse(issue) as Receipt).actorCert)],
    ['with a changed statement', 'actor-signature', (a) => (a.record.statement.seq = 9)],
    ['of another organisation', 'organisation-certificate', (a) => (a.record.statement.org = 'h2')],
    ['of no member', 'organisation', (a) => (a.record.statement.org = 'h9')],
    ['of another chain', 'wrong-chain', (a) => (a.record.statement.chain = 'elsewhere')],
    ['of an unknown kind', 'malformed', (a) => (a.record.statement.kind = 'rx.lose' as never)],
    [
      'with the signature of another text',
      'organisation-signature',
      (a) => (a.record.orgSig = (JSON.parse(issue) as Receipt).record.orgSig),
    ],
  ]
  it.each(tricks)('an attempt %s: %s', (_, reason, change) => expect(of(change)).toBe(reason))
})

describe('votes that are not decided', () => {
  const annals = openHistory(text(folder + 'history/history.json'))
  const { votes } = json<{ adoptions: { votes: ChainRecord[] }[] }>(folder + 'history/history.json').adoptions[0]!
  const now = annals[0].roster
  const subject = votes[0]!.statement.subject

  it('are checked one by one, with the power that they have', () => {
    expect(checkOpen(now, subject, votes.slice(0, 2))).toMatchObject({
      subject,
      voters: ['h1', 'h2'],
      power: 2,
      change: { base: now.digest },
    })
    expect([neededOf(now), now.power]).toEqual([3, 4])
  })
  it('are refused when one is forged, doubled, or for another list or change', () => {
    const forged = structuredClone(votes.slice(0, 2))
    forged[1]!.actorSig = votes[0]!.actorSig
    expect(reasonOf(() => checkVotes(now, forged))).toBe('actor-signature')
    expect(reasonOf(() => checkVotes(now, [votes[0]!, votes[0]!]))).toBe('quorum')
    expect(reasonOf(() => checkVotes(now, []))).toBe('quorum')
    expect(reasonOf(() => checkOpen(now, `gov:${'0'.repeat(64)}`, votes.slice(0, 1)))).toBe('malformed')
    expect(reasonOf(() => checkOpen(annals[1]!.roster, subject, votes.slice(0, 1)))).toBe('members')
  })
})
