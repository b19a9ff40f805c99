// Which members sealed the newest blocks: what the explorer shows of each.
import { api, type Schema } from '@/lib/api'
import type { Timeline } from '@/lib/history'
import { signingCode } from '@/platform/signing'

export type Block = Schema<'ChainBlock'>

/** Blocks looked at, those that hold records. */
export const RECENT = 50

export const recentBlocks = async () => (await api.get('/v1/chain/blocks', { query: { limit: RECENT } })).blocks ?? []

export interface Share {
  sealed: number
  of: number
  /** Heights without its seal, newest first. */
  missing: number[]
}

/** What a member sealed of those blocks for which it had a vote. */
export async function sealShare(timeline: Timeline, blocks: Block[], member: string): Promise<Share> {
  const { rosterAt } = await signingCode()
  const due = blocks.filter((b) => (rosterAt(timeline, b.height).orgs.get(member)?.power ?? 0) > 0)
  const missing = due.filter((b) => !(b.seals ?? []).includes(member)).map((b) => b.height)
  return { sealed: due.length - missing.length, of: due.length, missing }
}

/** Members with a vote at the block's height whose seal is not there. */
export async function missingSeals(timeline: Timeline, block: Block): Promise<string[]> {
  const { rosterAt } = await signingCode()
  return [...rosterAt(timeline, block.height).orgs.values()]
    .filter((o) => o.power > 0 && !(block.seals ?? []).includes(o.id))
    .map((o) => o.name)
}
