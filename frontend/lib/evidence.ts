// Files of evidence: receipts with the documents they are about, and the members' lists that prove
// them, so that a stranger needs nothing but the genesis list's digest. Written here from what
// came, and read strictly: chain/RECEIPT.md.
import { fromBase64, toBase64, utf8 } from './bytes'
import { canonical, type JSONValue } from './canonical'
import { type Timeline } from './history'
import { byteLength, elements, members, tidy } from './ijson'
import { MembersError } from './members'
import { Refusal, verifyAttempt, verifyDocument, verifyReceipt, type Reason } from './receipt'
import { recordID, type Statement } from './record'
import { MAX_FILE } from '@/platform/files'

/**
 * One step for a file of evidence: document and salt as the hospital showed them, the receipt's
 * text as it came.
 */
export interface Part {
  document: string
  /** Base64. */
  salt: string
  receipt: string
}

/**
 * A file of steps that were verified, with the lists that prove them. Receipts and history stay as
 * they came, byte for byte.
 */
export function writeEvidence(parts: Part[], history: string): string {
  const items = parts.map(
    (p) => `{"document":"${toBase64(utf8(p.document))}","receipt":${p.receipt.trim()},"salt":"${p.salt}"}`,
  )
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

function demand(holds: boolean, reason: Reason = 'malformed'): asserts holds {
  if (!holds) throw new Refusal(reason)
}

type Parts = Map<string, string>

/** Members of an object: all of `must`, of `may` any, nothing else. */
function demandMembers(object: Parts | undefined, must: string[], may: string[]): asserts object is Parts {
  demand(
    object !== undefined &&
      must.every((m) => object.has(m)) &&
      [...object.keys()].every((n) => must.includes(n) || may.includes(n)),
  )
}

function list(packed: string): string[] {
  const found = elements(packed)
  demand(found !== undefined)
  return found
}

/** The text in a JSON string that needs no escapes. */
function textOf(packed: string | undefined): string | undefined {
  demand(packed === undefined || /^"[^"\\]*"$/.test(packed))
  return packed?.slice(1, -1)
}

function readItem(packed: string): Item {
  const object = members(packed)
  demandMembers(object, ['receipt'], ['document', 'salt'])
  return { receipt: object.get('receipt')!, document: textOf(object.get('document')), salt: textOf(object.get('salt')) }
}

/** Whether a parsed text is a file of evidence rather than one receipt. */
export const isEvidence = (value: unknown) =>
  Array.isArray(value) || (typeof value === 'object' && value !== null && 'evidence' in value)

/**
 * Reads a file of evidence, a regulator's dossier, a patient's bundle, or a bare list of receipts
 * with documents. Throws Refusal: `version` for a file of a later kind, `malformed` for any other
 * form, for a name that is not known, and for what is too long.
 */
export function readEvidence(raw: string): EvidenceFile {
  demand(byteLength(raw) <= MAX_FILE)
  const packed = tidy(raw)
  demand(packed !== undefined)
  if (packed.startsWith('[')) return { items: list(packed).map(readItem), attempts: [] }
  const object = members(packed)
  demand(object !== undefined)
  if (object.has('finding')) {
    demandMembers(object, ['attempts', 'evidence', 'finding'], ['history'])
    return {
      items: list(object.get('evidence')!).map(readItem),
      attempts: list(object.get('attempts')!),
      history: object.get('history'),
      finding: JSON.parse(object.get('finding')!),
    }
  }
  demand(object.get('v') === '1', 'version')
  if (object.has('accessCode')) {
    demandMembers(object, ['accessCode', 'evidence', 'prescription', 'v'], [])
    demand([object.get('accessCode')!, object.get('prescription')!].every((t) => /^"[a-zA-Z0-9-]{1,64}"$/.test(t)))
    return { items: list(object.get('evidence')!).map(readItem), attempts: [] }
  }
  demandMembers(object, ['evidence', 'history', 'v'], [])
  // One spelling only, so that no two readers can take the same file for different things; and that
  // of programs of before.
  const value = JSON.parse(packed) as Former
  demand(Array.isArray(value.evidence) && (canonical(value) === packed || formerText(value) === packed))
  return { items: list(object.get('evidence')!).map(readItem), attempts: [], history: object.get('history') }
}

interface Former extends Record<string, JSONValue> {
  evidence: JSONValue[]
}

/** What hospital programs wrote until release 1: each item as receipt, document, salt. */
function formerText({ evidence, history, v }: Former): string {
  const item = (value: JSONValue) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return canonical(value)
    const names = ['receipt', 'document', 'salt'].filter((name) => name in value)
    return `{${[...names, ...Object.keys(value).filter((name) => !names.includes(name))]
      .map((name) => `"${name}":${canonical(value[name]!)}`)
      .join(',')}}`
  }
  return `{"evidence":[${evidence.map(item).join(',')}],"history":${canonical(history!)},"v":${canonical(v!)}}`
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

/**
 * What prove finds, and whether the document is the one recorded; of a good receipt with another
 * document it is told what it is about.
 */
function judge(attempt: boolean, prove: () => Proved, isRecorded: (s: Statement) => boolean): Judged {
  let known = {}
  try {
    const { statement, height } = prove()
    known = {
      kind: statement.kind,
      subject: statement.subject,
      org: statement.org,
      record: recordID(statement),
      height,
    }
    return { valid: true, attempt, document: isRecorded(statement), ...known }
  } catch (e) {
    if (e instanceof Refusal || e instanceof MembersError)
      return { valid: false, reason: e.reason, attempt, document: false, ...known }
    throw e
  }
}

function checkItem(timeline: Timeline, item: Item): Judged {
  let opens: { salt: Uint8Array; document: Uint8Array } | undefined
  const prove = () => {
    const [salt, document] = [bytes(item.salt), bytes(item.document)]
    if (item.document !== undefined || item.salt !== undefined) opens = { salt, document }
    const receipt = verifyReceipt(timeline, item.receipt)
    return { statement: receipt.record.statement, height: receipt.header.height }
  }
  return judge(false, prove, (statement) => {
    if (!opens) return false
    verifyDocument(statement, opens.salt, opens.document)
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

/** Bytes of base64 that may be missing, and is not empty. */
function bytes(base64: string | undefined): Uint8Array {
  if (base64 === undefined) return new Uint8Array(0)
  try {
    demand(base64 !== '')
    return fromBase64(base64)
  } catch {
    throw new Refusal('malformed')
  }
}

/**
 * Checks everything in a file, one after the other; progress is called after each, and may take its
 * time.
 */
export async function checkEvidence(
  file: EvidenceFile,
  timeline: Timeline,
  progress: (done: number, all: number) => Promise<void>,
): Promise<Judged[]> {
  const all = file.items.length + file.attempts.length
  const judged: Judged[] = []
  const add = async (j: Judged) => {
    judged.push(j)
    await progress(judged.length, all)
  }
  for (const item of file.items) await add(checkItem(timeline, item))
  for (const attempt of file.attempts) await add(checkAttempt(timeline, attempt))
  return judged
}
