// Changes of the members' list that are voted on: told by the node, and every vote checked on this
// device.
import { Refused, api } from '@/lib/api'
import type { Change } from '@/lib/history'
import { comma } from '@/lib/i18n'
import type { ChainRecord } from '@/lib/record'
import { moment } from '@/lib/time'
import { signingCode } from '@/platform/signing'
import { changeWords, lists } from './lists'

export interface OpenVote {
  subject: string
  /** What it does. */
  words: string
  /** Who has agreed, and since when it is voted on. */
  names: string
  since: string
  voted: number
  needed: number
  all: number
  /** The node's word cannot be proved: a reason of RECEIPT.md. */
  wrong?: string
}

/**
 * Those that can still be adopted. What is decided while this asks is left out: it is in the
 * history then.
 */
export async function openVotes(): Promise<OpenVote[]> {
  const { MembersError, checkOpen, neededOf, newest } = await signingCode()
  const { changes } = await api.get('/v1/chain/changes')
  const asked = await Promise.all(
    (changes ?? []).map(async (c) => ({ ...c, subject: c.subject, records: await votesOf(c.subject) })),
  )
  const timeline = await lists()
  const now = newest(timeline)
  const open: OpenVote[] = []
  for (const { subject, change, since, records } of asked) {
    if (
      !records ||
      timeline.some((step) => step.subject === subject || (step.roster !== now && step.roster.digest === change.base))
    )
      continue
    const shown: OpenVote = {
      subject,
      words: await changeWords(timeline, change as Change),
      names: '',
      since: moment(since),
      voted: 0,
      needed: neededOf(now),
      all: now.power,
    }
    try {
      const agreed = checkOpen(now, subject, records)
      shown.words = await changeWords(timeline, agreed.change)
      shown.names = agreed.voters.map((id) => now.orgs.get(id)?.name ?? id).join(comma())
      shown.voted = agreed.power
    } catch (e) {
      if (!(e instanceof MembersError)) throw e
      shown.wrong = e.reason
    }
    open.push(shown)
  }
  return open
}

/** A subject's votes; undefined when it is not voted on any more. */
async function votesOf(subject: string) {
  try {
    const { state, records } = await api.get('/v1/chain/subjects/{subject}', { path: { subject } })
    return state.status === 'voted' ? (records ?? []).map((c) => c.record as ChainRecord) : undefined
  } catch (e) {
    if (e instanceof Refused && e.code === 'record-not-found') return undefined
    throw e
  }
}
