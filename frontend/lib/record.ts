// Records of the chain: their shapes and who may write which (chain/RECEIPT.md sections 1, 2 and 7).
import { concat, utf8 } from './bytes'
import { canonical, type JSONValue, type Shape } from './canonical'
import { contract } from './contract'
import { sm3 } from './sm'
import { isSubject } from './subject'

export type Kind = keyof typeof contract.kinds

export interface Facts {
  cert?: string
  /** Base64 of a change's canonical bytes. */
  change?: string
  /** Pick-up code of a claim. */
  code?: string
  expires?: number
  /** Who may act for the patient: the CNs of their certificates. */
  parties?: string[]
  /** Head of the pick-up chain. */
  pickup?: string
  ref?: string
  tags?: string[]
  /** End of the claim's lease. */
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

export interface ChainRecord {
  actorSig: string
  orgCert: string
  orgSig: string
  statement: Statement
}

export const statementShape: Shape = {
  actor: 'text', chain: 'text', digest: 'text',
  facts: Object.fromEntries(Object.entries(contract.facts).map(([name, kind]) => [`${name}?`, kind === 'texts' ? ['text'] : kind])),
  kind: 'text', org: 'text', seq: 'whole', subject: 'text', time: 'whole', v: 'whole',
}

export const recordShape: Shape = { actorSig: 'text', orgCert: 'text', orgSig: 'text', statement: statementShape }

interface Since {
  readonly name: string
  /** Schema that it begins with. */
  readonly since: number
}

interface Need extends Since {
  readonly optional: boolean
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
export const NEWEST = 2

/** Section 7: whose certificate (OU) of which organisation may write the kind. */
export const rules: Readonly<Record<Kind, Rule>> = contract.kinds

export const allows = (list: readonly Since[], name: string) => list.some((s) => s.name === name && s.since <= NEWEST)

const hash = /^[0-9a-f]{64}$/
const base64 = /^[A-Za-z0-9+/]+={0,2}$/
const MAX_SIGNATURE_TEXT = 100
/** Longest certificate of a person or an organisation, in base64. */
export const MAX_CERT_TEXT = Math.floor((2048 * 4) / 3) + 4
/** Longest canonical bytes of a change: one member's entry, with its two certificates. */
export const MAX_CHANGE = 12 << 10
const MAX_CHANGE_TEXT = Math.floor((MAX_CHANGE * 4) / 3) + 4
const MAX_TAGS = 200

export const isHash = (text: string) => hash.test(text)

/** Whether every field keeps section 2's rules. */
export function statementKeepsRules(s: Statement): boolean {
  const rule = Object.prototype.hasOwnProperty.call(rules, s.kind) ? rules[s.kind] : undefined
  return (
    s.v >= 1 && s.v <= NEWEST && rule !== undefined && rule.since <= s.v &&
    /^[a-zA-Z0-9-]{1,50}$/.test(s.chain) && isHash(s.actor) && isHash(s.digest) && /^[a-z0-9-]{1,32}$/.test(s.org) &&
    s.subject.startsWith(rule.prefix) && isSubject(s.subject) &&
    s.seq >= 1 && s.time > 0 && factsKeepRules(s.facts, rule, s.v)
  )
}

const person = /^[A-Za-z0-9._-]{1,64}$/
const MAX_PARTIES = 4

/** What is asked of a fact wherever it stands. */
const shapes: { [F in keyof Facts]-?: (value: NonNullable<Facts[F]>, need: Need) => boolean } = {
  cert: (text) => base64.test(text) && text.length <= MAX_CERT_TEXT,
  change: (text) => base64.test(text) && text.length <= MAX_CHANGE_TEXT,
  code: isHash,
  expires: (ms) => ms > 0,
  parties: (list) => list.length <= MAX_PARTIES && list.every((p, i) => person.test(p) && (i === 0 || list[i - 1]! < p)),
  pickup: isHash,
  ref: (text, { of }) => isSubject(text) && of.some((prefix) => text.startsWith(prefix)),
  tags: (list) => list.length <= MAX_TAGS && list.every(isHash) && new Set(list).size === list.length,
  until: (ms) => ms > 0,
}

/** The facts are those of the kind in this version, and no others. */
function factsKeepRules(f: Facts, rule: Rule, v: number): boolean {
  return (Object.keys(shapes) as (keyof Facts)[]).every((name) => {
    // Where a fact stands several times, the newest schema of them counts.
    const need = rule.facts.filter((n) => n.name === name && n.since <= v).sort((a, b) => b.since - a.since)[0]
    const value = f[name]
    if (value === undefined) return need === undefined || need.optional
    return need !== undefined && (shapes[name] as (value: unknown, need: Need) => boolean)(value, need)
  })
}

export function recordKeepsRules(r: ChainRecord): boolean {
  const signature = (s: string) => base64.test(s) && s.length <= MAX_SIGNATURE_TEXT
  return signature(r.actorSig) && signature(r.orgSig) && isHash(r.orgCert) && statementKeepsRules(r.statement)
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
