// Receipts at their boundaries, judged as in Go (chain/edges_test.go).
import { describe, expect, it } from 'vitest'
import { openHistory } from '@/lib/history'
import { Refusal, verifyReceipt, verifyStatus } from '@/lib/receipt'
import { json } from '../golden'

const edges = json<{ name: string; kind: string; history: string; text: string; want: string }[]>('chain/testdata/edges.json')

describe('a receipt at its boundary', () => {
  it.each(edges.map((e) => [e.name, e.want, e] as const))('%s: %s', (_, want, e) => {
    const timeline = openHistory(e.history)
    let got = 'ok'
    try {
      if (e.kind === 'status') verifyStatus(timeline, e.text)
      else verifyReceipt(timeline, e.text)
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      got = error.reason
    }
    expect(got).toBe(want)
  })
})
