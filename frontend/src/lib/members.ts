// The consortium's members' list (chain/RECEIPT.md section 3): all that a check of receipts has to trust.
import { fromBase64, utf8 } from './bytes'
import { canonical, parseCanonical, type JSONValue, type Shape } from './canonical'
import { sm3 } from './sm'
import { chainHolds, parseCertificate, type Certificate } from './x509'

interface Member {
  ca: string
  id: string
  name: string
  power: number
  role: string
  seal: string
  validator?: string
}

export interface Org extends Member {
  caCert: Certificate
  sealCert: Certificate
}

/** A members' list with its certificates read and checked. */
export interface Roster {
  chain: string
  digest: string
  root: Certificate
  orgs: Map<string, Org>
  /** Voting power of all. */
  power: number
}

const shape: Shape = {
  chain: 'text', members: [{ ca: 'text', id: 'text', name: 'name', power: 'whole', role: 'text', seal: 'text', 'validator?': 'text' }], root: 'text', v: 'whole',
}

const MAX_MEMBERS = 128
const MAX_POWER = 2 ** 40
const roles = new Set(['hospital', 'pharmacy', 'insurer', 'regulator'])

export class MembersError extends Error {}

/** Reads a published list strictly. Throws MembersError when it cannot be trusted. */
export function openMembers(text: string): Roster {
  const list = parseCanonical<{ chain: string; members: Member[]; root: string; v: number }>(text, shape)
  if (!list || list.v !== 1 || !/^[a-zA-Z0-9-]{1,50}$/.test(list.chain) || list.members.length < 1 || list.members.length > MAX_MEMBERS) {
    throw new MembersError('members: malformed')
  }
  const roster: Roster = { chain: list.chain, digest: sm3(Uint8Array.of(6), utf8(canonical(list as unknown as JSONValue))), root: certificate(list.root), orgs: new Map(), power: 0 }
  const keys = new Set<string>()
  let before = ''
  for (const m of list.members) {
    const org = open(m, roster.root)
    for (const key of [org.sealCert.publicKey, m.validator ?? '']) {
      if (key && keys.has(key)) throw new MembersError(`members: ${m.id}: key is another member's`)
      keys.add(key)
    }
    if (m.id <= before) throw new MembersError('members: not in ascending order')
    before = m.id
    roster.orgs.set(m.id, org)
    roster.power += m.power
  }
  if (roster.power === 0) throw new MembersError('members: nobody has a vote')
  return roster
}

function open(m: Member, root: Certificate): Org {
  const org: Org = { ...m, caCert: certificate(m.ca), sealCert: certificate(m.seal) }
  const bad =
    !/^[a-z0-9-]{1,32}$/.test(m.id) || !m.name || !roles.has(m.role) || m.power < 0 || m.power > MAX_POWER || m.power > 0 !== (m.validator !== undefined) ||
    (m.validator !== undefined && bytes(m.validator).length !== 32) || org.sealCert.unit !== 'seal' || org.sealCert.org !== m.id || org.sealCert.isCA ||
    // The list is the anchor of trust: whether a seal is still good is asked where it is used.
    !chainHolds(org.sealCert, org.caCert, root, org.sealCert.notBefore)
  if (bad) throw new MembersError(`members: ${m.id}`)
  return org
}

function certificate(base64: string): Certificate {
  try {
    return parseCertificate(fromBase64(base64))
  } catch {
    throw new MembersError('members: certificate')
  }
}

function bytes(base64: string): Uint8Array {
  try {
    return fromBase64(base64)
  } catch {
    throw new MembersError('members: base64')
  }
}
