// Checks receipts on the phone with nothing but the members' lists: chain/RECEIPT.md, step by step,
// with its reasons.
import { concat, equal, fromBase64, fromHex, toHex, utf8 } from './bytes'
import { parseCanonical, type Shape } from './canonical'
import { contract } from './contract'
import { rosterAt, writers, type Timeline } from './history'
import { isQuorum, type Org, type Roster } from './members'
import type { Reason } from './reason'
import {
  MAX_CERT_TEXT,
  SALT,
  actorHolds,
  allows,
  bytesOf,
  documentDigest,
  hash,
  isHash,
  logRoot,
  recordKeepsRules,
  recordShape,
  rules,
  sealHolds,
  shapeOf,
  type ChainRecord,
  type Statement,
} from './record'
import { sm3 } from './sm'
import { isNamed, isState } from './subject'
import { chainHolds, parseCertificate, signed, validAt, type Certificate } from './x509'

export type { Reason } from './reason'

/** Why a receipt is refused. */
export class Refusal extends Error {
  constructor(readonly reason: Reason) {
    super(`receipt refused: ${reason}`)
  }
}

export interface Header {
  chain: string
  height: number
  logRoot: string
  logSize: number
  membersRoot: string
  statusRoot: string
  time: number
}

export interface Seal {
  member: string
  sig: string
}

export interface Receipt {
  actorCert: string
  header: Header
  index: number
  orgCert: string
  path: string[]
  record: ChainRecord
  seals: Seal[]
  v: number
}

export interface SubjectState {
  amount?: number
  /** What a holder has of a lot; `held` of it is pending. */
  balance?: number
  claims?: number
  class?: string
  contested?: boolean
  expires?: number
  /** Who froze a lot. */
  freezer?: string
  held?: number
  holder?: string
  last: string
  lot?: string
  org: string
  parties?: string[]
  person?: string
  pickup?: string
  price?: number
  priceLot?: string
  ref?: string
  renewed?: boolean
  root?: string
  seq: number
  status: string
  subject: string
  to?: string
  until?: number
}

export interface StatusReceipt {
  header: Header
  other?: { key: string; value: string }
  path: string[]
  seals: Seal[]
  state: SubjectState
  v: number
}

/** A height's header with the members' seals over it. */
export interface SealedHeader {
  header: Header
  seals: Seal[]
}

/**
 * A record that the ledger refused: it is not in the log, and its own signatures prove that it was
 * tried.
 */
export interface Attempt {
  actorCert: string
  /** The ledger's verdict, height and block time: the word of whoever shows it. */
  code: number
  height: number
  record: ChainRecord
  time: number
}

const headerShape: Shape = {
  chain: 'text',
  height: 'whole',
  logRoot: 'text',
  logSize: 'whole',
  membersRoot: 'text',
  statusRoot: 'text',
  time: 'whole',
}
const sealsShape: Shape = [{ member: 'text', sig: 'text' }]
const receiptShape: Shape = {
  actorCert: 'text',
  header: headerShape,
  index: 'whole',
  orgCert: 'text',
  path: ['text'],
  record: recordShape,
  seals: sealsShape,
  v: 'whole',
}
const stateShape = shapeOf(contract.attributes)
const statusShape: Shape = {
  header: headerShape,
  'other?': { key: 'text', value: 'text' },
  path: ['text'],
  seals: sealsShape,
  state: stateShape,
  v: 'whole',
}

const sealedShape: Shape = { header: headerShape, seals: sealsShape }
const attemptShape: Shape = { actorCert: 'text', code: 'whole', height: 'whole', record: recordShape, time: 'whole' }

/** Formats of receipts: of a record sealed alone, and of one sealed with others. */
const FORMAT_ALONE = 1
const FORMAT_BATCH = 2

/** Longest file taken, and longest path. */
const MAX_RECEIPT = 256 << 10
const MAX_PATH = 256
const MAX_SEALS = 128

function demand(holds: boolean, reason: Reason): asserts holds {
  if (!holds) throw new Refusal(reason)
}

function parse<T>(text: string, shape: Shape): T {
  const value = text.length <= MAX_RECEIPT ? parseCanonical<T>(text, shape) : undefined
  demand(value !== undefined, 'malformed')
  return value
}

/** Reads a receipt strictly; says nothing about its truth. Throws Refusal. */
export const parseReceipt = (text: string) => parse<Receipt>(text, receiptShape)

/** parseReceipt for status receipts. */
export const parseStatusReceipt = (text: string) => parse<StatusReceipt>(text, statusShape)

/**
 * Checks a receipt's text (section 5) by the list in force at its height. Throws Refusal; returns
 * what it proves.
 */
export function verifyReceipt(timeline: Timeline, text: string): Receipt {
  const c = parseReceipt(text)
  demand(c.v === (c.record.batch ? FORMAT_BATCH : FORMAT_ALONE), 'version')
  demand(recordKeepsRules(c.record), 'malformed')
  const roster = rosterAt(timeline, c.header.height)
  checkHeader(roster, c.header)
  checkRecord(writers(timeline, c.header.height, c.record.statement.org, c.orgCert), c)
  const leaf = hash(0, bytesOf(c.record))
  demand(logRoot(leaf, c.index, c.header.logSize, parsePath(c.path)) === c.header.logRoot, 'path')
  checkSeals(roster, c.header, c.seals)
  return c
}

/** Checks that a document is the one the statement commits to. Throws Refusal. */
export function verifyDocument(statement: Statement, salt: Uint8Array, document: Uint8Array): void {
  demand(salt.length === SALT && documentDigest(salt, document) === statement.digest, 'digest')
}

/**
 * Checks a status receipt's text (section 6). Throws Refusal; an empty status in the answer means:
 * no record.
 */
export function verifyStatus(timeline: Timeline, text: string): StatusReceipt {
  const c = parseStatusReceipt(text)
  demand(c.v === 1, 'version')
  const roster = rosterAt(timeline, c.header.height)
  checkHeader(roster, c.header)
  const path = parsePath(c.path)
  const key = fromHex(sm3(utf8(c.state.subject)))
  let at = standing(c, key, path.length)
  for (let depth = path.length - 1; depth >= 0; depth--) {
    const [left, right] = bit(key, depth) ? [path[depth]!, at] : [at, path[depth]!]
    at = hash(5, left, right)
  }
  demand(toHex(at) === c.header.statusRoot, 'path')
  checkSeals(roster, c.header, c.seals)
  return c
}

/** Checks that the members sealed a header. Throws Refusal; returns it. */
export function verifySealed(timeline: Timeline, text: string): Header {
  const c = parse<SealedHeader>(text, sealedShape)
  const roster = rosterAt(timeline, c.header.height)
  checkHeader(roster, c.header)
  checkSeals(roster, c.header, c.seals)
  return c.header
}

/**
 * Checks who tried what the ledger refused, by any list that has the organisation's seal: no height
 * is proved, and the role is not asked for, since it may be why it was refused. Throws Refusal.
 */
export function verifyAttempt(timeline: Timeline, text: string): Attempt {
  const c = parse<Attempt>(text, attemptShape)
  demand(c.code < 2 ** 32, 'malformed')
  demand(recordKeepsRules(c.record), 'malformed')
  const s = c.record.statement
  const seals = (step: Timeline[number]) => step.roster.orgs.get(s.org)?.sealCert.id === c.record.orgCert
  const { roster } = [...timeline].reverse().find(seals) ?? timeline[timeline.length - 1]!
  demand(s.chain === roster.chain, 'wrong-chain')
  const org = roster.orgs.get(s.org)
  demand(org !== undefined, 'organisation')
  demand(c.record.orgCert === org.sealCert.id, 'organisation-certificate')
  const actor = actorOf(roster, org, c.actorCert, s, s.time)
  demand(actorHolds(c.record, actor), 'actor-signature')
  demand(sealHolds(c.record, org.sealCert), 'organisation-signature')
  return c
}

const bit = (key: Uint8Array, depth: number) => (key[depth >> 3]! >> (7 - (depth & 7))) & 1

/** What the receipt says stands at the subject's place in the status tree. */
function standing(c: StatusReceipt, key: Uint8Array, depth: number): Uint8Array {
  const s = c.state
  demand(isState(s.subject), 'malformed')
  if (s.status !== '') {
    demand(c.other === undefined, 'malformed')
    return hash(4, key, fromHex(sm3(bytesOf(s))))
  }
  demand(Object.entries(s).every(([name, value]) => name === 'subject' || value === '' || value === 0), 'malformed')
  if (!c.other) return new Uint8Array(32)
  demand(isHash(c.other.key) && isHash(c.other.value), 'malformed')
  const other = fromHex(c.other.key)
  const shared = Array.from({ length: depth }, (_, d) => d).every((d) => bit(other, d) === bit(key, d))
  demand(depth <= 256 && shared && !equal(other, key), 'path')
  return hash(4, other, fromHex(c.other.value))
}

function checkHeader(roster: Roster, h: Header): void {
  const shaped =
    isNamed('chain', h.chain) &&
    h.height >= 1 &&
    h.logSize >= 0 &&
    h.time > 0 &&
    [h.logRoot, h.membersRoot, h.statusRoot].every(isHash)
  demand(shaped, 'malformed')
  demand(h.chain === roster.chain, 'wrong-chain')
  demand(h.membersRoot === roster.digest, 'members')
}

function checkRecord(roster: Roster, c: Receipt): void {
  const s = c.record.statement
  demand(s.chain === roster.chain, 'wrong-chain')
  const org = roster.orgs.get(s.org)
  demand(org !== undefined, 'organisation')
  demand(allows(rules[s.kind].orgs, org.role), 'organisation-role')
  const at = Math.max(c.header.time, s.time)
  demand(
    c.orgCert === org.seal && c.record.orgCert === org.sealCert.id && validAt(org.sealCert, at),
    'organisation-certificate',
  )
  demand(sealHolds(c.record, org.sealCert), 'organisation-signature')
  const actor = actorOf(roster, org, c.actorCert, s, at)
  demand(allows(rules[s.kind].actors, actor.unit), 'actor-role')
  demand(actorHolds(c.record, actor), 'actor-signature')
}

const roles: Readonly<Record<string, { readonly by: readonly string[] } | undefined>> = contract.roles
const enrols = (org: string, role: string) =>
  Object.prototype.hasOwnProperty.call(roles, role) && roles[role]!.by.includes(org)

/**
 * The certificate shown, when it is the one that the statement names and the organisation's to
 * give.
 */
function actorOf(roster: Roster, org: Org, shown: string, { actor: id, kind }: Statement, at: number): Certificate {
  let actor: Certificate | undefined
  try {
    actor = shown.length <= MAX_CERT_TEXT ? parseCertificate(fromBase64(shown)) : undefined
  } catch {
    actor = undefined
  }
  demand(actor !== undefined && actor.id === id, 'actor-certificate')
  if (actor.id === org.sealCert.id) return actor
  // What the organisation signed with a seal it had before, it stands by with the seal it has now;
  // a vote it cannot.
  if (org.former.some((c) => c.id === actor.id)) {
    demand(!rules[kind].sealInForce && validAt(actor, at), 'actor-certificate')
    return actor
  }
  const enrolled =
    !actor.isCA &&
    isNamed('person', actor.cn) &&
    enrols(org.role, actor.unit) &&
    actor.org === org.id &&
    chainHolds(actor, org.caCert, roster.root, at)
  demand(enrolled, 'actor-certificate')
  return actor
}

function parsePath(path: string[]): Uint8Array[] {
  demand(path.length <= MAX_PATH && path.every(isHash), 'path')
  return path.map(fromHex)
}

function stateRoot(h: Header): Uint8Array {
  const size = Array.from({ length: 8 }, (_, i) => Math.floor(h.logSize / 2 ** (8 * (7 - i))) % 256)
  return hash(3, Uint8Array.from(size), fromHex(h.logRoot), fromHex(h.statusRoot), fromHex(h.membersRoot))
}

function sealMessage(h: Header): Uint8Array {
  return concat(
    utf8('hospital/seal/v1\n'),
    bytesOf({ chain: h.chain, height: h.height, stateRoot: toHex(stateRoot(h)), time: h.time }),
  )
}

function checkSeals(roster: Roster, h: Header, seals: Seal[]): void {
  demand(seals.length <= MAX_SEALS, 'seal-member')
  const message = sealMessage(h)
  const seen = new Set<string>()
  let power = 0
  for (const seal of seals) {
    const org = roster.orgs.get(seal.member)
    demand(org !== undefined && org.power > 0, 'seal-member')
    demand(!seen.has(org.id), 'seal-duplicate')
    demand(validAt(org.sealCert, h.time), 'seal-expired')
    demand(signed(org.sealCert, message, seal.sig), 'seal-signature')
    seen.add(org.id)
    power += org.power
  }
  demand(isQuorum(roster, power), 'quorum')
}
