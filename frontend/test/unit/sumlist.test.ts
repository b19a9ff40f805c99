// The lists of chain/list/testdata: made here, they are the same file; Go's proofs hold, and forged
// ones do not (chain/RECEIPT.md section 14).
import { describe, expect, it } from 'vitest'
import { fromHex, toHex, utf8 } from '@/lib/bytes'
import { MAX, listRoot, proofHolds, sumList, type Proof } from '@/lib/sumlist'
import { json } from '../golden'

interface Golden {
  lists: { items: string[]; amounts: number[]; total: number; root: string; plain: string; proofs: Proof[] }[]
  forged: { name: string; item: string; root: string; proof: Proof }[]
}

const golden = json<Golden>('chain/list/testdata/sums.json')

describe('sum lists', () => {
  it('are those that Go makes', () => {
    expect(golden.lists.length).toBeGreaterThanOrEqual(10)
    for (const list of golden.lists) {
      const n = list.items.length
      const entries = list.items.map((_, i) => ({ item: utf8(`item ${i} of ${n}`), amount: i * i * 1000 }))
      const { root, total, proofs } = sumList(entries)
      expect({
        items: entries.map((e) => toHex(e.item)),
        amounts: entries.map((e) => e.amount),
        total,
        root,
        plain: listRoot(entries.map((e) => e.item)),
        proofs,
      }).toEqual(list)
    }
  })
  it('prove each amount that Go proves', () => {
    for (const { items, proofs, root } of golden.lists)
      proofs.forEach((p, i) => expect(proofHolds(root, fromHex(items[i]!), p)).toBe(true))
  })
  it.each(golden.forged)('refuse $name', ({ item, root, proof }) =>
    expect(proofHolds(root, fromHex(item), proof)).toBe(false),
  )
  it('are none without items, below nothing or beyond all money', () => {
    const of = (...amounts: number[]) => () => sumList(amounts.map((amount) => ({ item: utf8('x'), amount })))
    for (const bad of [of(), of(-1), of(MAX, 1), of(0.5), of(2 ** 60)]) expect(bad).toThrow()
    expect(of(MAX - 1, 1)().total).toBe(MAX)
  })
})
