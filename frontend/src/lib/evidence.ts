// Files of evidence: receipts with the documents they are about, and the members' lists that prove them, so that a stranger needs nothing
// but the genesis list's digest. Written here from what came, and read strictly: chain/RECEIPT.md.
import { fromBase64, toBase64, utf8 } from './bytes'
import { canonical, compact, type JSONValue } from './canonical'
import { type Timeline } from './history'
import { MembersError } from './members'
import { Refusal, verifyAttempt, verifyDocument, verifyReceipt, type Reason } from './receipt'
import { recordID, type Statement } from './record'
import { MAX_FILE } from '@/platform/files'

/** One step for a file of evidence: document and salt as the hospital showed them, the receipt's text as it came. */
export interface Part {
  document: string
  /** Base64. */
  salt: string
  receipt: string
}

/** A file of steps that were verified, with the lists that prove them. Receipts and history stay as they came, byte for byte. */
export function writeEvidence(parts: Part[], history: string): string {
  const items = parts.map((p) => `{"document":"${toBase64(utf8(p.document))}","receipt":${p.receipt.trim()},"salt":"${p.salt}"}`)
  return `{"evidence":[${items.join(',')}],"history":${history.trim()},"v":1}`
}

interface Item {
  /** Canonical text, whatever it says. */
  receipt: string
  /** Base64. */
  document?: string
  salt?: string
}

/** A file taken apart; nothing of it is checked yet. */
export interface EvidenceFile {
  items: Item[]
  /** Canonical texts of what was tried and refused: of a regulator's dossier. */
  attempts: string[]
  /** The members' lists that the file brings. */
  history?: string
  /** The regulator's words, which nothing here proves. */
  finding?: unknown
}

type Shape = Record<string, unknown>

const isObject = (value: unknown): value is Shape => typeof value === 'object' && value !== null && !Array.isArray(value)
const text = (value: unknown) => canonical(value as JSONValue)

function demand(holds: boolean, reason: Reason = 'malformed'): asserts holds {
  if (!holds) throw new Refusal(reason)
}

/** Members of an object: all of `must`, of `may` any, nothing else. */
function demandMembers(value: unknown, must: string[], may: string[]): asserts value is Shape {
  demand(isObject(value))
  const names = Object.keys(value)
  demand(must.every((m) => names.includes(m)) && names.every((n) => must.includes(n) || may.includes(n)))
}

function readItem(value: unknown): Item {
  demandMembers(value, ['receipt'], ['document', 'salt'])
  const { document, salt, receipt } = value
  demand((document === undefined || typeof document === 'string') && (salt === undefined || typeof salt === 'string'))
  return { receipt: text(receipt), document, salt }
}

/** Whether a parsed text is a file of evidence rather than one receipt. */
export const isEvidence = (value: unknown) => Array.isArray(value) || (isObject(value) && 'evidence' in value)

/**
 * Reads a file of evidence, a regulator's dossier, or a bare list of receipts with documents. Throws Refusal: `version` for a file of a
 * later kind, `malformed` for any other form, for a name that is not known, and for what is too long.
 */
export function readEvidence(raw: string): EvidenceFile {
  demand(raw.length <= MAX_FILE)
  const packed = compact(raw)
  let value: unknown
  try {
    value = JSON.parse(packed)
  } catch {
    throw new Refusal('malformed')
  }
  if (Array.isArray(value)) return { items: value.map(readItem), attempts: [] }
  demand(isObject(value))
  if ('finding' in value) {
    demandMembers(value, ['finding', 'evidence', 'attempts'], ['history'])
    demand(Array.isArray(value.evidence) && Array.isArray(value.attempts))
    return { items: value.evidence.map(readItem), attempts: value.attempts.map(text), history: value.history === undefined ? undefined : text(value.history), finding: value.finding }
  }
  demand(value.v === 1, 'version')
  demandMembers(value, ['evidence', 'history', 'v'], [])
  // One spelling only, so that no two readers can take the same file for different things.
  demand(Array.isArray(value.evidence) && text(value) === packed)
  return { items: value.evidence.map(readItem), attempts: [], history: text(value.history) }
}

/** What the check of one receipt or attempt found. */
export interface Judged {
  valid: boolean
  /** Why not. */
  reason?: Reason
  /** It was tried and refused; valid says that its signatures hold. */
  attempt: boolean
  /** There is a document, and it is the one recorded. */
  document: boolean
  /** What it says; absent when it cannot be read. */
  kind?: string
  subject?: string
  org?: string
  record?: string
  height?: number
}

interface Proved {
  statement: Statement
  height: number
}

/** What prove finds, and whether the document is the one recorded; of a good receipt with another document it is told what it is about. */
function judge(attempt: boolean, prove: () => Proved, isRecorded: (s: Statement) => boolean): Judged {
  let known = {}
  try {
    const { statement, height } = prove()
    known = { kind: statement.kind, subject: statement.subject, org: statement.org, record: recordID(statement), height }
    return { valid: true, attempt, document: isRecorded(statement), ...known }
  } catch (e) {
    if (e instanceof Refusal || e instanceof MembersError) return { valid: false, reason: e.reason, attempt, document: false, ...known }
    throw e
  }
}

function checkItem(timeline: Timeline, item: Item): Judged {
  const prove = () => {
    const receipt = verifyReceipt(timeline, item.receipt)
    return { statement: receipt.record.statement, height: receipt.header.height }
  }
  return judge(false, prove, (statement) => {
    if (item.document === undefined && item.salt === undefined) return false
    verifyDocument(statement, bytes(item.salt), bytes(item.document))
    return true
  })
}

function checkAttempt(timeline: Timeline, text: string): Judged {
  const prove = () => {
    const { record, height } = verifyAttempt(timeline, text)
    return { statement: record.statement, height }
  }
  return judge(true, prove, () => false)
}

function bytes(base64: string | undefined): Uint8Array {
  try {
    return fromBase64(base64 ?? '')
  } catch {
    throw new Refusal('malformed')
  }
}

/** Checks everything in a file, one after the other; told is called after each, and may take its time. */
export async function checkEvidence(file: EvidenceFile, timeline: Timeline, told: (done: number, all: number) => Promise<void>): Promise<Judged[]> {
  const all = file.items.length + file.attempts.length
  const judged: Judged[] = []
  const add = async (j: Judged) => {
    judged.push(j)
    await told(judged.length, all)
  }
  for (const item of file.items) await add(checkItem(timeline, item))
  for (const attempt of file.attempts) await add(checkAttempt(timeline, attempt))
  return judged
}
