// A receipt checked on this device, told in one shape for both kinds. Loads the signing code when
// it is needed.
import type { Judged } from '@/lib/evidence'
import type { Reason } from '@/lib/receipt'
import { signingCode } from '@/platform/signing'
import { lists } from './lists'

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

/** What the check of a file of evidence found. */
export interface FileVerdict {
  /** Why nothing of it could be checked. */
  reason?: Reason | 'members-list'
  /** Digest of the genesis list that it was checked by. */
  genesis?: string
  /** Whether this device trusts that one; unknown: it has not trusted any yet. */
  trust?: 'same' | 'other' | 'unknown'
  /** It brought its own lists; otherwise they are this node's. */
  own?: boolean
  items: Judged[]
}

/** Whether a text is a file of evidence, rather than one receipt. */
export async function isFile(text: string): Promise<boolean> {
  const { isEvidence } = await signingCode()
  try {
    return isEvidence(JSON.parse(text))
  } catch {
    return false
  }
}

/**
 * Checks a file of evidence by the lists it brings, or by this node's; progress hears how far it
 * is. Throws only when these cannot be fetched.
 */
export async function checkFile(text: string, progress: (done: number, all: number) => void): Promise<FileVerdict> {
  const { MembersError, Refusal, checkEvidence, fingerprint, knownGenesis, openHistory, readEvidence } =
    await signingCode()
  try {
    const file = readEvidence(text)
    const timeline = file.history === undefined ? await lists() : openHistory(file.history)
    const items = await checkEvidence(file, timeline, async (done, all) => {
      progress(done, all)
      await new Promise((resolve) => setTimeout(resolve)) // lets a slow phone draw it
    })
    const [genesis, known] = [fingerprint(timeline), knownGenesis()]
    return {
      genesis,
      trust: known === '' ? 'unknown' : known === genesis ? 'same' : 'other',
      own: file.history !== undefined,
      items,
    }
  } catch (e) {
    if (e instanceof Refusal) return { reason: e.reason, items: [] }
    if (e instanceof MembersError) return { reason: 'members-list', items: [] }
    throw e
  }
}

/**
 * Checks the text of a receipt or a status proof against the members' list of its height. Throws
 * only when the lists cannot be fetched.
 */
export async function check(text: string): Promise<Verdict> {
  const { rosterAt, MembersError, verifyReceipt, verifyStatus, recordID, Refusal } = await signingCode()
  let type: Verdict['type']
  try {
    const shape = JSON.parse(text) as { state?: unknown } | null
    type = shape && typeof shape === 'object' && 'state' in shape ? 'status' : 'receipt'
  } catch {
    return { valid: false, reason: 'not-json' }
  }
  try {
    const timeline = await lists()
    const nameAt = (height: number, id: string) => rosterAt(timeline, height).orgs.get(id)?.name ?? id
    if (type === 'status') {
      const s = verifyStatus(timeline, text)
      const { height } = s.header
      return {
        valid: true,
        type,
        subject: s.state.subject,
        status: s.state.status,
        org: s.state.org && nameAt(height, s.state.org),
        height,
        time: s.header.time,
        sealed: s.seals.map((x) => nameAt(height, x.member)),
      }
    }
    const { record, header, seals } = verifyReceipt(timeline, text)
    const { kind, subject, org } = record.statement
    return {
      valid: true,
      type,
      kind,
      subject,
      org: nameAt(header.height, org),
      record: recordID(record.statement),
      height: header.height,
      time: header.time,
      sealed: seals.map((x) => nameAt(header.height, x.member)),
    }
  } catch (e) {
    if (e instanceof Refusal) return { valid: false, type, reason: e.reason }
    if (e instanceof MembersError) return { valid: false, type, reason: 'members-list' }
    throw e
  }
}
