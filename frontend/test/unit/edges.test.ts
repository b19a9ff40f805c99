// Receipts at their boundaries, judged as in Go (chain/edges_test.go).
import { describe, expect, it } from 'vitest'
import { checkEvidence, readEvidence } from '@/lib/evidence'
import { openHistory } from '@/lib/history'
import { MembersError } from '@/lib/members'
import { Refusal, verifyReceipt, verifyStatus } from '@/lib/receipt'
import { json } from '../golden'

const edges =
  json<{ name: string; kind: string; history: string; text: string; want: string }[]>('chain/testdata/edges.json')

describe('a receipt at its boundary', () => {
  it.each(edges.map((e) => [e.name, e.want, e] as const))('%s: %s', (_, want, e) => {
    const timeline = openHistory(e.history)
    let got = 'ok'
    try {
      if (e.kind === 'status') verifyStatus(timeline, e.text)
      else if (e.kind === 'history') openHistory(e.text)
      else verifyReceipt(timeline, e.text)
    } catch (error) {
      if (!(error instanceof Refusal || error instanceof MembersError)) throw error
      got = error.reason
    }
    expect(got).toBe(want)
  })
})

const { history, proofs } = json<{
  history: string
  proofs: { name: string; kind: string; text: string; want: string }[]
}>('chain/testdata/proofs.json')

describe('a file that a reader might take for another', () => {
  it.each(proofs.filter((p) => ['evidence', 'bundle'].includes(p.kind)).map((p) => [p.name, p.want, p] as const))(
    '%s: %s',
    async (_, want, p) => {
      const judge = async () => {
        const file = readEvidence(p.text)
        const judged = await checkEvidence(file, openHistory(file.history ?? history), async () => undefined)
        return judged.map((j) => j.reason ?? 'ok')
      }
      const said = await judge().catch((error: unknown) => {
        if (!(error instanceof Refusal || error instanceof MembersError)) throw error
        return [error.reason]
      })
      expect(said.includes('malformed') ? 'malformed' : said.join(' ')).toBe(want)
    },
  )
})
