// Lists: one digest of many things, with amounts (chain/RECEIPT.md section 14; Go's side:
// chain/list).
import { concat, fromHex, toHex } from './bytes'
import { contract } from './contract'
import { fold, hash, isHash } from './record'

/** An item of a sum list. */
export interface Entry {
  item: Uint8Array
  /** 0 to MAX. */
  amount: number
}

/** Shows that an item's amount is in a list's total. */
export interface Proof {
  amount: number
  index: number
  /** Leaf side first. */
  path: { hash: string; sum: number }[]
  size: number
  total: number
}

interface Node {
  hash: Uint8Array
  sum: number
}

/** The largest amount, and the largest total. */
export const MAX = contract.types.amount.max

/** A number as 8 bytes, big-endian. */
function eight(n: number): Uint8Array {
  const out = new Uint8Array(8)
  for (let i = 7; i >= 0; i--, n = Math.floor(n / 256)) out[i] = n % 256
  return out
}

const leaf = (item: Uint8Array) => hash(0x10, item)

function join(l: Node, r: Node): Node {
  return { hash: hash(0x16, concat(eight(l.sum), l.hash, eight(r.sum), r.hash)), sum: l.sum + r.sum }
}

const rootOf = (size: number, top: Node) => toHex(hash(0x17, eight(size), eight(top.sum), top.hash))

const isAmount = (n: number) => Number.isSafeInteger(n) && n >= 0 && n <= MAX

/** Makes the levels of a tree from its leaves up: the last of an odd number goes up as it is. */
function grow<N>(leaves: N[], join: (l: N, r: N) => N): N[][] {
  const levels = [leaves]
  for (let level = leaves; level.length > 1; levels.push(level)) {
    const below = level
    level = below
      .filter((_, i) => i % 2 === 0)
      .map((l, i) => (2 * i + 1 < below.length ? join(l, below[2 * i + 1]!) : l))
  }
  return levels
}

/** Root of a list without amounts, in hex. */
export function listRoot(items: Uint8Array[]): string {
  const levels = grow(items.map(leaf), (l, r) => hash(1, l, r))
  return toHex(levels[levels.length - 1]![0]!)
}

/**
 * Makes a sum list: its root, its total and a proof of each entry. Throws where there is none, and
 * for an amount or a total beyond MAX.
 */
export function sumList(entries: Entry[]): { root: string; total: number; proofs: Proof[] } {
  const total = entries.reduce((sum, e) => sum + e.amount, 0)
  if (entries.length === 0 || !entries.every((e) => isAmount(e.amount)) || !isAmount(total))
    throw new Error('sum list: no items, or an amount out of range')
  const levels = grow<Node>(entries.map((e) => ({ hash: leaf(e.item), sum: e.amount })), join)
  const size = entries.length
  const proofs = entries.map(({ amount }, index) => {
    const path = levels.slice(0, -1).flatMap((level, depth) => level[Math.floor(index / 2 ** depth) ^ 1] ?? [])
    return { amount, index, path: path.map((n) => ({ hash: toHex(n.hash), sum: n.sum })), size, total }
  })
  return { root: rootOf(size, levels[levels.length - 1]![0]!), total, proofs }
}

/** Whether a proof shows an item under a root. */
export function proofHolds(root: string, item: Uint8Array, p: Proof): boolean {
  if (
    ![p.amount, p.total, p.size, p.index, ...p.path.map((s) => s.sum)].every(isAmount) ||
    !p.path.every((s) => isHash(s.hash)) ||
    p.path.length > 64
  )
    return false
  const top = fold(
    { hash: leaf(item), sum: p.amount },
    p.index,
    p.size,
    p.path.map((s) => ({ hash: fromHex(s.hash), sum: s.sum })),
    join,
  )
  return top !== undefined && top.sum === p.total && rootOf(p.size, top) === root
}
