// Records of the chain: their shapes and who may write which (chain/RECEIPT.md sections 1, 2 and
// 7).
import { concat, fromHex, toHex, utf8 } from './bytes'
import { canonical, type JSONValue, type Shape } from './canonical'
import { contract } from './contract'
import { sm3 } from './sm'
import { isNamed, isSubject } from './subject'
import { signed, type Certificate } from './x509'

export type Kind = keyof typeof contract.kinds

export interface Facts {
  /** How much of a lot; money in fen. */
  amount?: number
  cert?: string
  /** Base64 of a change's canonical bytes. */
  change?: string
  /** What a lot is of. */
  class?: string
  /** Pick-up code of a claim. */
  code?: string
  expires?: number
  /** Subject of the lot that moves. */
  lot?: string
  /** Who may act for the patient: the CNs of their certificates. */
  parties?: string[]
  /** Head of the pick-up chain. */
  pickup?: string
  /** What comes back to the giver, of `priceLot`. */
  price?: number
  priceLot?: string
  ref?: string
  /** Root of a list of what a lot is made of. */
  root?: string
  tags?: string[]
  /** Who receives: a member, or USED or LOST. */
  to?: string
  /** End of the claim's lease, or of the offer. */
  until?: number
}

export interface Statement {
  actor: string
  chain: string
  digest: string
  facts: Facts
  kind: Kind
  org: string
  seq: number
  subject: string
  time: number
  v: number
}

/** Where a record stands among those that its organisation sealed at once. */
export interface Place {
  index: number
  /** Audit path to the batch's root; absent when there is one record. */
  path?: string[]
  size: number
}

export interface ChainRecord {
  /** Empty in a batch where the actor is the seal under it. */
  actorSig: string
  /** Absent: sealed alone. */
  batch?: Place
  orgCert: string
  orgSig: string
  statement: Statement
}

/** Members in the forms that the contract names: text, whole, true or texts. */
export const shapeOf = (
  members: Readonly<Record<string, 'text' | 'whole' | 'true' | 'texts'>>,
): { [member: string]: Shape } =>
  Object.fromEntries(
    Object.entries(members).map(([name, form]): [string, Shape] => [name, form === 'texts' ? ['text'] : form]),
  )

export const statementShape: Shape = {
  actor: 'text', chain: 'text', digest: 'text',
  facts: shapeOf(Object.fromEntries(Object.entries(contract.facts).map(([name, form]) => [`${name}?`, form]))),
  kind: 'text', org: 'text', seq: 'whole', subject: 'text', time: 'whole', v: 'whole',
}

const placeShape: Shape = { index: 'whole', 'path?': ['text'], size: 'whole' }

export const recordShape: Shape = {
  actorSig: 'text',
  'batch?': placeShape,
  orgCert: 'text',
  orgSig: 'text',
  statement: statementShape,
}

interface Since {
  readonly name: string
  /** Schema that it begins with. */
  readonly since: number
}

interface Need extends Since {
  readonly type: keyof typeof contract.types
  readonly optional: boolean
  /** Another fact: both are there, or neither is. */
  readonly with: string
  /** Prefixes of the subjects that it may name. */
  readonly of: readonly string[]
}

interface Rule {
  readonly prefix: keyof typeof contract.contracts
  readonly actors: readonly Since[]
  readonly orgs: readonly Since[]
  readonly facts: readonly Need[]
  /** Version of statements from which the kind is known. */
  readonly since: number
  /** It is worth nothing under a seal that the organisation had before. */
  readonly sealInForce: boolean
}

/** Newest version of statements known here. */
export const NEWEST = contract.newest

/** Section 7: whose certificate (OU) of which organisation may write the kind. */
export const rules: Readonly<Record<Kind, Rule>> = contract.kinds

export const allows = (list: readonly Since[], name: string) => list.some((s) => s.name === name && s.since <= NEWEST)

const base64 = /^[A-Za-z0-9+/]+={0,2}$/
const MAX_SIGNATURE_TEXT = 100
/** Longest certificate of a person or an organisation, in base64. */
export const MAX_CERT_TEXT = contract.types.certificate.maxLen
/** Longest canonical bytes of a change: one member's entry, with its two certificates. */
export const MAX_CHANGE = 12 << 10

export const isHash = (text: string) => /^[0-9a-f]{64}$/.test(text)

/** Whether every field keeps section 2's rules. */
export function statementKeepsRules(s: Statement): boolean {
  const rule = Object.prototype.hasOwnProperty.call(rules, s.kind) ? rules[s.kind] : undefined
  return (
    s.v >= 1 && s.v <= NEWEST && rule !== undefined && rule.since <= s.v &&
    isNamed('chain', s.chain) && isHash(s.actor) && isHash(s.digest) && isNamed('org', s.org) &&
    s.subject.startsWith(rule.prefix) && isSubject(s.subject) &&
    s.seq >= 1 && s.time > 0 && factsKeepRules(s.facts, rule, s.v)
  )
}

/** What is asked of a fact of a type. */
interface FactType {
  readonly json: string
  /** Of the whole of a text, or of each of several. */
  readonly pattern?: string
  readonly maxLen?: number
  readonly min?: number
  readonly max?: number
  readonly items?: number
  readonly order?: string
}

const types: Readonly<Record<string, FactType>> = contract.types
const patterns = new Map(
  Object.entries(types).map(([name, { pattern = '' }]) => [name, new RegExp(`^(?:${pattern})$`)]),
)

/** Whether a fact, which has the form of its type, is of the type. */
function isOfType(value: unknown, { type, of }: Need): boolean {
  const { json, maxLen = Infinity, min = 0, max = 0, items = 0, order } = types[type]!
  const matches = (text: string) => text.length <= maxLen && patterns.get(type)!.test(text)
  if (type === 'subject') return isSubject(value as string) && of.some((prefix) => (value as string).startsWith(prefix))
  if (json === 'whole') return (value as number) >= min && (value as number) <= max
  if (json === 'text') return matches(value as string)
  const list = value as string[]
  return (
    list.length <= items &&
    list.every((text, i) => matches(text) && (order !== 'ascending' || i === 0 || list[i - 1]! < text)) &&
    new Set(list).size === list.length
  )
}

/** The facts are those of the kind in this version, and no others. */
function factsKeepRules(f: Facts, rule: Rule, v: number): boolean {
  return (Object.keys(contract.facts) as (keyof Facts)[]).every((name) => {
    // Where a fact stands several times, the newest schema of them counts.
    const need = rule.facts.filter((n) => n.name === name && n.since <= v).sort((a, b) => b.since - a.since)[0]
    const value = f[name]
    if (value === undefined) return need === undefined || need.optional
    return (
      need !== undefined && isOfType(value, need) && (need.with === '' || f[need.with as keyof Facts] !== undefined)
    )
  })
}

/** Most records under one seal. */
const MAX_BATCH = 64

/** Whether the actor is the seal under the batch, which then signs once. */
const bySeal = (r: ChainRecord) => r.batch !== undefined && r.statement.actor === r.orgCert

export function recordKeepsRules(r: ChainRecord): boolean {
  const signature = (s: string) => base64.test(s) && s.length <= MAX_SIGNATURE_TEXT
  return (
    (r.batch === undefined || placeKeepsRules(r.batch)) &&
    bySeal(r) === (r.actorSig === '') &&
    (r.actorSig === '' || signature(r.actorSig)) &&
    signature(r.orgSig) &&
    isHash(r.orgCert) &&
    statementKeepsRules(r.statement)
  )
}

function placeKeepsRules({ index, path = [], size }: Place): boolean {
  return (
    size >= 1 &&
    size <= MAX_BATCH &&
    path.every(isHash) &&
    logRoot(new Uint8Array(32), index, size, path.map(fromHex)) !== ''
  )
}

/** SM3 of a tag and parts. */
export function hash(tag: number, ...parts: Uint8Array[]): Uint8Array {
  return fromHex(sm3(Uint8Array.of(tag), ...parts))
}

/**
 * What a leaf's audit path leads to (RFC 9162 2.1.3.2); undefined when the path does not fit index
 * and size.
 */
export function fold<N>(
  leaf: N,
  index: number,
  size: number,
  path: N[],
  join: (left: N, right: N) => N,
): N | undefined {
  if (index < 0 || index >= size) return undefined
  let [fn, sn, r] = [index, size - 1, leaf]
  for (const p of path) {
    if (sn === 0) return undefined
    if (fn % 2 === 1 || fn === sn) {
      r = join(p, r)
      while (fn % 2 === 0 && fn !== 0) [fn, sn] = [fn / 2, Math.floor(sn / 2)]
    } else {
      r = join(r, p)
    }
    ;[fn, sn] = [Math.floor(fn / 2), Math.floor(sn / 2)]
  }
  return sn === 0 ? r : undefined
}

/** Root of the log that an audit path leads to, '' when the path does not fit index and size. */
export function logRoot(leaf: Uint8Array, index: number, size: number, path: Uint8Array[]): string {
  const root = fold(leaf, index, size, path, (l, r) => hash(1, l, r))
  return root ? toHex(root) : ''
}

/**
 * What the organisation signs: the record without its own signature, or the batch that it has its
 * place in.
 */
function sealBytes({ batch, ...r }: ChainRecord): Uint8Array {
  const alone = bytesOf({ ...r, orgSig: '' })
  if (!batch) return alone
  const root = logRoot(hash(8, alone), batch.index, batch.size, (batch.path ?? []).map(fromHex))
  return concat(utf8('hospital/batch/v1\n'), bytesOf({ chain: r.statement.chain, root, size: batch.size }))
}

/** Whether the organisation's seal is over the record. */
export const sealHolds = (r: ChainRecord, seal: Certificate) => signed(seal, sealBytes(r), r.orgSig)

/** Whether the actor signed the statement, or is the seal: whoever asks, asks for that as well. */
export function actorHolds(r: ChainRecord, actor: Certificate): boolean {
  return (r.actorSig === '' && bySeal(r) && actor.id === r.orgCert) || signed(actor, bytesOf(r.statement), r.actorSig)
}

/** A value's canonical UTF-8 bytes. */
export function bytesOf(value: object): Uint8Array {
  return utf8(canonical(value as JSONValue))
}

/** A record's id: SM3 of its statement's canonical bytes. */
export function recordID(s: Statement): string {
  return sm3(bytesOf(s))
}

export const SALT = 32

/** SM3(02 ‖ salt ‖ document): what a statement commits to. */
export function documentDigest(salt: Uint8Array, document: Uint8Array): string {
  return sm3(concat(Uint8Array.of(2), salt, document))
}
