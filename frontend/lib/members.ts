// The consortium's members' list (chain/RECEIPT.md section 3): all that a check of receipts has to
// trust.
import { fromBase64, utf8 } from './bytes'
import { canonical, parseCanonical, type JSONValue, type Shape } from './canonical'
import { contract } from './contract'
import { byteLength } from './ijson'
import type { Reason } from './reason'
import { MAX_CERT_TEXT } from './record'
import { sm3 } from './sm'
import { isNamed } from './subject'
import { chainHolds, parseCertificate, type Certificate } from './x509'

export interface Member {
  ca: string
  id: string
  name: string
  nodes?: string[]
  power: number
  role: string
  seal: string
  suspended?: boolean
  validator?: string
}

/** An agreed upgrade of the record schema. */
export interface Schema {
  from: number
  v: number
}

/** A members' list as it is published. */
export interface Members {
  chain: string
  /** First height it is in force at; absent: the genesis list. */
  from?: number
  members: Member[]
  root: string
  schemas?: Schema[]
  v: number
}

export interface Org extends Member {
  caCert: Certificate
  sealCert: Certificate
  /** Its seals in the lists before; a list opened by itself knows of none. */
  former: Certificate[]
}

/** A members' list with its certificates read and checked. */
export interface Roster {
  list: Members
  chain: string
  digest: string
  /** First height it is in force at; 0: from the genesis on. */
  from: number
  root: Certificate
  orgs: Map<string, Org>
  /** Voting power of all. */
  power: number
}

export const schemaShape = { from: 'whole', v: 'whole' } satisfies Shape
export const memberShape = {
  ca: 'text',
  id: 'text',
  name: 'name',
  'nodes?': ['text'],
  power: 'whole',
  role: 'text',
  seal: 'text',
  'suspended?': 'true',
  'validator?': 'text',
} satisfies Shape
export const membersShape: Shape = {
  chain: 'text',
  'from?': 'whole',
  members: [memberShape],
  root: 'text',
  'schemas?': [schemaShape],
  v: 'whole',
}

/** Longest list, in bytes. */
const MAX_LIST = 1 << 20
const MAX_MEMBERS = 128
/** Longest name of a member, in bytes. */
const MAX_NAME = 128
const MAX_POWER = 2 ** 40
const MAX_NODES = 8
const MAX_SCHEMAS = 64

/** A list, or a history of lists, that cannot be trusted; the reason is of RECEIPT.md. */
export class MembersError extends Error {
  constructor(message: string, readonly reason: Reason = 'members') {
    super(`members: ${message}`)
  }
}

/** What Header.membersRoot holds: SM3(06 ‖ canonical bytes). */
export const membersDigest = (list: Members) => sm3(Uint8Array.of(6), utf8(canonical(list as unknown as JSONValue)))

/** Whether that much power is more than two thirds of all. */
export const isQuorum = (roster: Roster, power: number) => 3 * power > 2 * roster.power

/** Reads a published list strictly. Throws MembersError when it cannot be trusted. */
export function openMembers(text: string): Roster {
  const list = byteLength(text) <= MAX_LIST ? parseCanonical<Members>(text, membersShape) : undefined
  if (!list) throw new MembersError('not a list', 'malformed')
  return openList(list)
}

/** openMembers for a list that is read already; `previous` is the list that it follows. */
export function openList(list: Members, previous?: Roster): Roster {
  if (
    list.v !== 1 ||
    !isNamed('chain', list.chain) ||
    (list.from ?? 1) < 1 ||
    list.members.length < 1 ||
    list.members.length > MAX_MEMBERS
  ) {
    throw new MembersError('v, chain, from or number of members')
  }
  checkSchemas(list.schemas ?? [])
  const schema = judgedBy(list)
  const roster: Roster = {
    list,
    chain: list.chain,
    digest: membersDigest(list),
    from: list.from ?? 0,
    root: certificate(list.root),
    orgs: new Map(),
    power: 0,
  }
  const keys = new Set<string>()
  let before = ''
  for (const m of list.members) {
    const org = open(m, roster.root, previous?.orgs.get(m.id))
    for (const key of [m.validator ?? '', org.sealCert.publicKey, ...(m.nodes ?? [])]) {
      if (key && keys.has(key)) throw new MembersError(`${m.id}: key is another member's`)
      keys.add(key)
    }
    if (m.id <= before) throw new MembersError('not in ascending order')
    before = m.id
    if (!contract.orgs.some((o) => o.name === m.role && o.since <= schema))
      throw new MembersError(`${m.id}: unknown role`)
    roster.orgs.set(m.id, org)
    roster.power += m.power
  }
  if (roster.power === 0) throw new MembersError('nobody has a vote')
  return roster
}

/**
 * The schema in force at the height whose vote made the list, two before its own: the list itself
 * is judged by it.
 */
function judgedBy({ from = 0, schemas = [] }: Members): number {
  return schemas.reduce((v, s) => (s.from <= Math.max(1, from - 2) ? s.v : v), 1)
}

function checkSchemas(schemas: Schema[]): void {
  let last = { from: 0, v: 1 }
  for (const s of schemas) {
    if (s.v <= last.v || s.from <= last.from) throw new MembersError('schemas must ascend')
    last = s
  }
  if (schemas.length > MAX_SCHEMAS) throw new MembersError('too many schemas')
}

// Spaces other than the ASCII one, what is invisible, directional or private, and what is no
// character: RECEIPT.md section 3, and Go's list.
const unprintable = new RegExp(
  '[\\u0000-\\u001f\\u007f-\\u00a0\\u00ad\\u0600-\\u0605\\u061c\\u06dd\\u070f\\u0890\\u0891' +
    '\\u08e2\\u1680\\u180e\\u2000-\\u200f\\u2028-\\u202f\\u205f-\\u206f\\u3000' +
    '\\ud800-\\uf8ff\\ufdd0-\\ufdef\\ufeff\\ufff0-\\uffff' +
    '\\u{110bd}\\u{110cd}\\u{13430}-\\u{1343f}\\u{1bca0}-\\u{1bca3}\\u{1d173}-\\u{1d17a}' +
    '\\u{1fffe}\\u{1ffff}\\u{2fffe}\\u{2ffff}\\u{3fffe}-\\u{10ffff}]',
  'u',
)

/** What an organisation may be called. */
const isPublicName = (name: string) => name !== '' && byteLength(name) <= MAX_NAME && !unprintable.test(name)

function open(m: Member, root: Certificate, was?: Org): Org {
  const org: Org = { ...m, caCert: certificate(m.ca), sealCert: certificate(m.seal), former: [] }
  if (was) org.former = was.sealCert.id === org.sealCert.id ? was.former : [...was.former, was.sealCert]
  const bad =
    !isNamed('org', m.id) ||
    !isPublicName(m.name) ||
    m.power < 0 ||
    m.power > MAX_POWER ||
    m.power > 0 !== (m.validator !== undefined) ||
    (m.power > 0 && (m.role === 'regulator' || m.suspended === true)) ||
    (m.validator !== undefined && bytes(m.validator).length !== 32) ||
    (m.nodes ?? []).length > MAX_NODES ||
    (m.nodes ?? []).some((key) => bytes(key).length !== 32) ||
    org.sealCert.unit !== 'seal' ||
    org.sealCert.org !== m.id ||
    org.sealCert.isCA ||
    // The list is the anchor of trust: whether a seal is still good is asked where it is used.
    !chainHolds(org.sealCert, org.caCert, root, org.sealCert.notBefore)
  if (bad) throw new MembersError(m.id)
  return org
}

function certificate(base64: string): Certificate {
  try {
    if (base64.length > MAX_CERT_TEXT) throw new MembersError('certificate')
    return parseCertificate(fromBase64(base64))
  } catch {
    throw new MembersError('certificate')
  }
}

function bytes(base64: string): Uint8Array {
  try {
    return fromBase64(base64)
  } catch {
    throw new MembersError('base64')
  }
}
