// Records of the chain: their shapes and who may write which (chain/RECEIPT.md sections 1, 2 and 7).
import { concat, utf8 } from './bytes'
import { canonical, type JSONValue, type Shape } from './canonical'
import { sm3 } from './sm'

export type Kind =
  | 'cert.enrol' | 'cert.revoke' | 'gov.vote'
  | 'rx.issue' | 'rx.approve' | 'rx.reject' | 'rx.pay' | 'rx.claim' | 'rx.release' | 'rx.renew' | 'rx.lapse' | 'rx.contest'
  | 'rx.dispense' | 'rx.cancel' | 'rx.expire'
  | 'pay.open' | 'pay.settle' | 'pay.fail' | 'pay.refund'

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
  facts: {
    'cert?': 'text', 'change?': 'text', 'code?': 'text', 'expires?': 'whole', 'parties?': ['text'], 'pickup?': 'text', 'ref?': 'text', 'tags?': ['text'],
    'until?': 'whole',
  },
  kind: 'text', org: 'text', seq: 'whole', subject: 'text', time: 'whole', v: 'whole',
}

export const recordShape: Shape = { actorSig: 'text', orgCert: 'text', orgSig: 'text', statement: statementShape }

interface Rule {
  prefix: 'cert:' | 'gov:' | 'rx:' | 'pay:'
  actors: string[]
  orgs: string[]
  /** Version of statements from which the kind is known; absent: the first. */
  since?: number
}

/** Newest version of statements known here. */
export const NEWEST = 2

const issuers = ['hospital', 'pharmacy', 'insurer']

/** Section 7: whose certificate (OU) of which organisation may write the kind. */
export const rules: Record<Kind, Rule> = {
  'cert.enrol': { prefix: 'cert:', actors: ['seal'], orgs: issuers },
  'cert.revoke': { prefix: 'cert:', actors: ['seal'], orgs: issuers },
  'gov.vote': { prefix: 'gov:', actors: ['seal'], orgs: issuers },
  'rx.issue': { prefix: 'rx:', actors: ['doctor'], orgs: ['hospital'] },
  'rx.approve': { prefix: 'rx:', actors: ['reviewer'], orgs: ['hospital'] },
  'rx.reject': { prefix: 'rx:', actors: ['reviewer'], orgs: ['hospital'] },
  'rx.pay': { prefix: 'rx:', actors: ['seal'], orgs: ['hospital'] },
  'rx.claim': { prefix: 'rx:', actors: ['dispenser'], orgs: ['pharmacy'] },
  'rx.release': { prefix: 'rx:', actors: ['dispenser'], orgs: ['pharmacy'] },
  'rx.renew': { prefix: 'rx:', actors: ['dispenser'], orgs: ['pharmacy'], since: 2 },
  'rx.lapse': { prefix: 'rx:', actors: ['seal', 'dispenser'], orgs: ['hospital', 'pharmacy'], since: 2 },
  'rx.contest': { prefix: 'rx:', actors: ['patient'], orgs: ['hospital'], since: 2 },
  'rx.dispense': { prefix: 'rx:', actors: ['dispenser'], orgs: ['pharmacy'] },
  'rx.cancel': { prefix: 'rx:', actors: ['doctor', 'patient'], orgs: ['hospital'] },
  'rx.expire': { prefix: 'rx:', actors: ['seal'], orgs: ['hospital'] },
  'pay.open': { prefix: 'pay:', actors: ['patient'], orgs: ['hospital'] },
  'pay.settle': { prefix: 'pay:', actors: ['seal'], orgs: ['hospital'] },
  'pay.fail': { prefix: 'pay:', actors: ['seal'], orgs: ['hospital'] },
  'pay.refund': { prefix: 'pay:', actors: ['seal'], orgs: ['hospital'] },
}

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
    s.v >= 1 && s.v <= NEWEST && rule !== undefined && (rule.since ?? 1) <= s.v &&
    /^[a-zA-Z0-9-]{1,50}$/.test(s.chain) && isHash(s.actor) && isHash(s.digest) && /^[a-z0-9-]{1,32}$/.test(s.org) &&
    s.subject.startsWith(rule.prefix) && /^[a-zA-Z0-9-]{1,64}$/.test(s.subject.slice(rule.prefix.length)) &&
    s.seq >= 1 && s.time > 0 && factsKeepRules(s.facts, s.kind) && leaseKeepsRules(s.facts, s.kind, s.v)
  )
}

function factsKeepRules(f: Facts, kind: Kind): boolean {
  const only = (present: boolean, ...kinds: Kind[]) => present === kinds.includes(kind)
  return (
    only(f.cert !== undefined, 'cert.enrol') && only(f.change !== undefined, 'gov.vote') && only(f.expires !== undefined, 'rx.issue') &&
    only(f.ref !== undefined, 'rx.pay', 'pay.open') && only(f.tags !== undefined, 'rx.dispense') &&
    (f.cert === undefined || (base64.test(f.cert) && f.cert.length <= MAX_CERT_TEXT)) &&
    (f.change === undefined || (base64.test(f.change) && f.change.length <= MAX_CHANGE_TEXT)) &&
    (f.expires ?? 1) > 0 &&
    (f.ref === undefined || /^(rx|pay):[a-zA-Z0-9-]{1,64}$/.test(f.ref)) &&
    (f.tags === undefined || (f.tags.length <= MAX_TAGS && f.tags.every(isHash) && new Set(f.tags).size === f.tags.length))
  )
}

const person = /^[A-Za-z0-9._-]{1,64}$/
const MAX_PARTIES = 4

/** What statements of version 2 brought. A claim's code may be left out: the ledger knows whether the prescription asks for one. */
function leaseKeepsRules(f: Facts, kind: Kind, v: number): boolean {
  const only = (present: boolean, ...kinds: Kind[]) => present === (v >= 2 && kinds.includes(kind))
  const ascending = (list: string[]) => list.every((p, i) => person.test(p) && (i === 0 || list[i - 1]! < p))
  return (
    only(f.pickup !== undefined, 'rx.issue') && only(f.parties !== undefined, 'rx.issue') && only(f.until !== undefined, 'rx.claim', 'rx.renew') &&
    (f.code === undefined || (v >= 2 && kind === 'rx.claim' && isHash(f.code))) &&
    (f.pickup === undefined || isHash(f.pickup)) &&
    (f.parties === undefined || (f.parties.length <= MAX_PARTIES && ascending(f.parties))) &&
    (f.until ?? 1) > 0
  )
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
