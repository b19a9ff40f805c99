// The list of what every verifier takes and refuses, and why (chain/testdata/cases.json; Go's side
// and how it is made: chain/cases_test.go).
import { describe, expect, it } from 'vitest'
import { readFileSync } from 'node:fs'
import { checkEvidence, readEvidence } from '@/lib/evidence'
import { openHistory, timelineOf, type Timeline } from '@/lib/history'
import { MembersError, openMembers } from '@/lib/members'
import { Refusal, parseReceipt, verifyReceipt, verifySealed, verifyStatus } from '@/lib/receipt'
import { text } from '../golden'

interface Case {
  name?: string
  of: string
  by: string
  kind: string
  at: number
  cut?: number
  put?: string
  want: string
}

const folder = 'chain/testdata/'
const cases = JSON.parse(
  process.env.CASES ? readFileSync(process.env.CASES, 'utf8') : text(folder + 'cases.json'),
) as Case[]

const kept = new Map<string, string>()
const once = (name: string) => kept.get(name) ?? kept.set(name, text(folder + name)).get(name)!
const lists = new Map<string, Timeline>()
function listsOf(name: string): Timeline {
  const raw = once(name)
  if (!lists.has(name))
    lists.set(name, 'adoptions' in JSON.parse(raw) ? openHistory(raw) : timelineOf(openMembers(raw)))
  return lists.get(name)!
}

async function fileOf(raw: string, by: Timeline): Promise<string> {
  const file = readEvidence(raw)
  // Refused for its form without a check of every signature before it: quicker.
  for (const item of file.items) parseReceipt(item.receipt)
  const judged = await checkEvidence(
    file,
    file.history === undefined ? by : openHistory(file.history),
    async () => undefined,
  )
  const said = judged.map((j) => j.reason ?? 'ok')
  return said.includes('malformed') ? 'malformed' : said.join(' ')
}

async function judge({ kind, by }: Case, raw: string): Promise<string> {
  const timeline = listsOf(by)
  try {
    if (kind === 'members') openMembers(raw)
    else if (kind === 'history') openHistory(raw)
    else if (kind === 'receipt') verifyReceipt(timeline, raw)
    else if (kind === 'status') verifyStatus(timeline, raw)
    else if (kind === 'sealed') verifySealed(timeline, raw)
    else return await fileOf(raw, timeline)
    return 'ok'
  } catch (e) {
    if (e instanceof Refusal || e instanceof MembersError) return e.reason
    throw e
  }
}

describe('files with one edit', () => {
  it('are many', () => expect(cases.length).toBeGreaterThan(500))
  for (const kind of new Set(cases.map((c) => c.kind))) {
    it(`of the kind ${kind} are taken and refused as in Go`, async () => {
      const other: object[] = []
      for (const c of cases.filter((x) => x.kind === kind)) {
        const raw = once(c.of)
        const got = await judge(c, raw.slice(0, c.at) + (c.put ?? '') + raw.slice(c.at + (c.cut ?? 0)))
        if (got !== c.want) other.push({ ...c, put: c.put?.slice(0, 200), got })
      }
      expect(other).toEqual([])
    }, 600_000)
  }
})
