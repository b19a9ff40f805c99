import { beforeEach, describe, expect, it, vi } from 'vitest'
import { Refused, api } from '@/lib/api'
import { fromHex, toBase64 } from '@/lib/bytes'
import { accept, checkNewest, checkStep, trust, type Event } from '@/lib/proof'
import { recordID, type ChainRecord } from '@/lib/record'
import { files, json, text } from '../golden'

const folder = 'chain/testdata/'
const rx = 'RX20261101A'
const members = text(folder + 'members.json')
const file = (kind: string) =>
  folder + files(folder, new RegExp(`^receipt-\\d+-${kind.replace('.', '\\.')}\\.json$`))[0]

/** The golden prescription's life as the server tells it, each step with its document. */
const events: Event[] = json<{ kind: string; salt: string; document: string }[]>(folder + 'documents.json').map(
  ({ kind, salt, document }) => {
    const { statement } = json<{ record: ChainRecord }>(file(kind)).record
    const said = JSON.parse(document) as { previous: string; person?: string }
    return {
      kind,
      document,
      record: recordID(statement),
      seq: statement.seq,
      org: statement.org,
      salt: toBase64(fromHex(salt)),
      previous: said.previous,
      person: said.person ?? '',
      role: '',
      at: new Date(statement.time).toISOString(),
    }
  },
)
const [issue, approve] = events as [Event, Event]
const last = events[events.length - 1]!

/** What the server answers; a test changes it. */
let list: string
let receipts: Map<string, string | Error>
let status: unknown

beforeEach(() => {
  list = members
  receipts = new Map(events.map((e) => [e.record, text(file(e.kind))]))
  status = json(folder + 'status-present.json')
  vi.spyOn(api, 'text').mockImplementation(((path: string, args?: { path: { id: string } }) => {
    const answer =
      path === '/v1/chain/history.json' ? `{"adoptions":[],"genesis":${list},"v":1}` : receipts.get(args!.path.id)!
    return answer instanceof Error ? Promise.reject(answer) : Promise.resolve(answer)
  }) as typeof api.text)
  vi.spyOn(api, 'get').mockImplementation((() => Promise.resolve({ proof: status })) as unknown as typeof api.get)
  return () => vi.restoreAllMocks()
})

const step = async (event: Event, before?: Event) => checkStep((await trust()).timeline, rx, event, before)
const refused = (code: string) => new Refused(503, code, '', [], 0, '')

describe("a prescription's life", () => {
  it('holds from issue to dispensing, sealed by the members, with the newest state', async () => {
    expect(events.map((e) => e.kind)).toEqual(['rx.issue', 'rx.approve', 'rx.pay', 'rx.claim', 'rx.dispense'])
    for (const [i, e] of events.entries()) {
      const c = await step(e, events[i - 1])
      expect(c, e.kind).toMatchObject({ state: 'verified', height: 7 })
      expect(c.sealedBy, e.kind).toHaveLength(3)
    }
    expect(await checkNewest((await trust()).timeline, rx, last)).toBe(true)
  })

  it.each(['receipt-not-sealed', 'record-not-found', 'chain-busy'])(
    'is partly proved while the server says %s of a step',
    async (code) => {
      receipts.set(approve.record, refused(code))
      expect((await step(issue)).state).toBe('verified')
      expect(await step(approve, issue)).toEqual({ state: 'pending', sealedBy: [], height: 0 })
    },
  )

  it('has no verdict when there is no answer', async () => {
    receipts.set(issue.record, refused('internal'))
    await expect(step(issue)).rejects.toThrow('internal')
  })

  const lies: [string, string, () => Promise<{ state: string; reason?: string }>][] = [
    ['another document', 'digest', () => step({ ...issue, document: issue.document.replace('示例', '别的') })],
    ['another salt', 'digest', () => step({ ...issue, salt: toBase64(new Uint8Array(32)) })],
    ["another step's record", 'digest', () => step({ ...issue, record: approve.record })],
    ['another person', 'event', () => step({ ...issue, person: 'doc-2' })],
    ['another kind', 'event', () => step({ ...issue, kind: 'rx.approve' })],
    ['another number', 'event', () => step({ ...issue, seq: 2 })],
    ['a left-out step', 'event', () => step(last, approve)],
    ['no step before', 'event', () => step(approve)],
    ['a step before the first', 'event', () => step(issue, approve)],
    ['another prescription', 'event', async () => checkStep((await trust()).timeline, 'RX20261101B', issue, undefined)],
    ['a salt that is no base64', 'malformed', () => step({ ...issue, salt: '?' })],
  ]
  it.each(lies)('is refused for %s', async (_, reason, check) =>
    expect(await check()).toMatchObject({ state: 'wrong', reason, sealedBy: [] }),
  )

  // A golden forgery of the very first step for each reason, as a server would hand it out;
  // receipt.test.ts has them all.
  const forged = files(folder + 'forged', /\.json$/)
    .map((f) => json<{ kind: string; reason: string; text: string }>(`${folder}forged/${f}`))
    .filter((f) => f.kind === 'receipt')
  const oneEach = [...new Map(forged.map((f) => [f.reason, f])).values()]
  it('is refused for a forged receipt, whatever is forged', async () => {
    expect(oneEach.length).toBeGreaterThanOrEqual(15)
    for (const f of oneEach) {
      receipts.set(issue.record, f.text)
      expect(await step(issue), f.reason).toMatchObject({ state: 'wrong', reason: f.reason })
    }
  })
})

describe('the newest state', () => {
  const newest = async (e: Event) => checkNewest((await trust()).timeline, rx, e)
  it('is another than the last step shown: steps were kept back', async () => expect(await newest(approve)).toBe(false))
  it('is of another subject', async () => {
    status = json(folder + 'status-absent.json')
    expect(await newest(last)).toBe(false)
  })
  it('is forged', async () => {
    status = { ...json<object>(folder + 'status-present.json'), v: 2 }
    expect(await newest(last)).toBe(false)
  })
  it('is not sealed yet', async () => {
    status = undefined
    expect(await newest(last)).toBeUndefined()
  })
})

describe("the members' list", () => {
  it('is remembered, and another one is noticed until the person accepts it', async () => {
    expect((await trust()).changed).toBe(false)
    expect((await trust()).changed).toBe(false)
    list = members.replace('"power":1', '"power":2')
    const other = await trust()
    expect(other.changed).toBe(true)
    expect((await trust()).changed).toBe(true)
    accept(other.timeline)
    expect((await trust()).changed).toBe(false)
  })
})
