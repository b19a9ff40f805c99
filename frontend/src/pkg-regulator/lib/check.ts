// A receipt checked on this device, told in one shape for both kinds. Loads the signing code when it is needed.
import { api } from '@/lib/api'
import type { Reason } from '@/lib/receipt'
import { signingCode } from '@/platform/signing'

export interface Verdict {
  valid: boolean
  /** Why not. */
  reason?: Reason | 'not-json' | 'members-list'
  type?: 'receipt' | 'status'
  kind?: string
  subject?: string
  status?: string
  org?: string
  record?: string
  height?: number
  /** When the block was made, unix ms. */
  time?: number
  /** Names of the members whose seals hold. */
  sealed?: string[]
}

/** Checks the text of a receipt or a status proof against the published members' list. Throws only when the list cannot be fetched. */
export async function check(text: string): Promise<Verdict> {
  const list = await api.text('/v1/chain/members.json')
  const { openMembers, MembersError, verifyReceipt, verifyStatus, recordID, Refusal } = await signingCode()
  let type: Verdict['type']
  try {
    const shape = JSON.parse(text) as { state?: unknown } | null
    type = shape && typeof shape === 'object' && 'state' in shape ? 'status' : 'receipt'
  } catch {
    return { valid: false, reason: 'not-json' }
  }
  try {
    const roster = openMembers(list)
    const names = (seals: { member: string }[]) => seals.map((s) => roster.orgs.get(s.member)?.name ?? s.member)
    if (type === 'status') {
      const s = verifyStatus(roster, text)
      return { valid: true, type, subject: s.state.subject, status: s.state.status, org: roster.orgs.get(s.state.org)?.name, height: s.header.height, time: s.header.time, sealed: names(s.seals) }
    }
    const { record, header, seals } = verifyReceipt(roster, text)
    const { kind, subject, org } = record.statement
    return { valid: true, type, kind, subject, org: roster.orgs.get(org)?.name, record: recordID(record.statement), height: header.height, time: header.time, sealed: names(seals) }
  } catch (e) {
    if (e instanceof Refusal) return { valid: false, type, reason: e.reason }
    if (e instanceof MembersError) return { valid: false, type, reason: 'members-list' }
    throw e
  }
}
