// X.509 v3 certificates (RFC 5280, GB/T 20518) for SM2 keys signed SM2-with-SM3: what a receipt's
// check needs of them. Good for the consortium's three layers root -> organisation's CA -> person
// or seal; nothing more general. The profile is that of chain/RECEIPT.md section 11 and of Go's
// chain/gm/pki/profile.go: one spelling of everything, so that no two programs differ in what they
// take.
import { equal, fromBase64, toHex, utf8Text } from './bytes'
import {
  BIT_STRING,
  BOOLEAN,
  DERError,
  INTEGER,
  OCTET_STRING,
  OID,
  PRINTABLE_STRING,
  Reader,
  SEQUENCE,
  SET,
  UTF8_STRING,
  parseSignature,
  unsigned,
} from './der'
import { isPublicKey, sm3, verify } from './sm'

export interface Certificate {
  raw: Uint8Array
  /** SM3 of the DER, 64 hex digits. */
  id: string
  /** 04 ‖ x ‖ y in hexadecimal. */
  publicKey: string
  /** Subject's common name, organisation and unit; empty unless there is exactly one. */
  cn: string
  org: string
  unit: string
  /** Unix milliseconds, both included. */
  notBefore: number
  notAfter: number
  isCA: boolean
  /** It claims to be a CA, or may sign certificates or lists: no certificate of who signs does. */
  mayIssue: boolean
  pathLen?: number
  canSignData: boolean
  /** Dotted object identifiers. */
  uses: string[]
  tbs: Uint8Array
  signature: Uint8Array
  subject: Uint8Array
  issuer: Uint8Array
}

const SM2_WITH_SM3 = '1.2.156.10197.1.501'
const EC_KEY = '1.2.840.10045.2.1'
const SM2_CURVE = '1.2.156.10197.1.301'
const CLIENT_AUTH = '1.3.6.1.5.5.7.3.2'
const SERVER_AUTH = '1.3.6.1.5.5.7.3.1'

/** Longest certificate taken, DER bytes. */
const MAX_CERTIFICATE = 16 << 10
const MAX_SERIAL = 20

/** Reads one certificate; throws DERError for anything else. */
export function parseCertificate(der: Uint8Array): Certificate {
  if (der.length > MAX_CERTIFICATE) throw new DERError('certificate too long')
  const outer = new Reader(der)
  const cert = new Reader(outer.next(SEQUENCE).body)
  outer.end()
  const tbs = cert.next(SEQUENCE)
  const algorithm = cert.next(SEQUENCE)
  const signature = bits(cert.next(BIT_STRING).body)
  cert.end()
  if (!isSM2WithSM3(algorithm.body) || !parseSignature(signature)) throw new DERError('not signed with SM2-SM3')
  return { raw: der, id: sm3(der), tbs: tbs.raw, signature, ...parseTBS(tbs.body, algorithm.raw) }
}

function parseTBS(body: Uint8Array, algorithm: Uint8Array) {
  const r = new Reader(body)
  if (!equal(r.next(0xa0).body, Uint8Array.of(2, 1, 2))) throw new DERError('not version 3')
  const serial = r.next(INTEGER).body
  unsigned(serial)
  if (serial.length > MAX_SERIAL) throw new DERError('serial number')
  if (!equal(r.next(SEQUENCE).raw, algorithm)) throw new DERError('two algorithms')
  const issuer = r.next(SEQUENCE)
  names(issuer.body)
  const validity = new Reader(r.next(SEQUENCE).body)
  const notBefore = time(validity.next())
  const notAfter = time(validity.next())
  validity.end()
  const subject = r.next(SEQUENCE)
  const publicKey = subjectKey(r.next(SEQUENCE).body)
  const extensions = new Reader(r.next(0xa3).body)
  r.end()
  const list = extensions.next(SEQUENCE).body
  extensions.end()
  return {
    issuer: issuer.raw,
    subject: subject.raw,
    notBefore,
    notAfter,
    publicKey,
    ...names(subject.body),
    ...parseExtensions(list),
  }
}

/** SM2-with-SM3, parameters absent. */
function isSM2WithSM3(body: Uint8Array): boolean {
  const all = oids(body)
  return all.length === 1 && all[0] === SM2_WITH_SM3
}

function bits(body: Uint8Array): Uint8Array {
  if (body[0] !== 0) throw new DERError('bit string')
  return body.slice(1)
}

function subjectKey(body: Uint8Array): string {
  const r = new Reader(body)
  const algorithm = oids(r.next(SEQUENCE).body)
  const key = toHex(bits(r.next(BIT_STRING).body))
  r.end()
  if (algorithm.length !== 2 || algorithm[0] !== EC_KEY || algorithm[1] !== SM2_CURVE || !isPublicKey(key))
    throw new DERError('not an SM2 key')
  return key
}

/** Object identifiers one after the other. */
function oids(body: Uint8Array): string[] {
  const out: string[] = []
  for (const r = new Reader(body); !r.done; ) out.push(dotted(r.next(OID).body))
  return out
}

/** Numbers in their shortest form, below 2³¹. */
function dotted(body: Uint8Array): string {
  const arcs: number[] = []
  let [value, fresh] = [0, true]
  for (const b of body) {
    if ((fresh && b === 0x80) || value >= 2 ** 24) throw new DERError('object identifier')
    value = value * 128 + (b & 0x7f)
    fresh = false
    if (b & 0x80) continue
    if (arcs.length === 0) {
      const top = Math.min(2, Math.floor(value / 40))
      arcs.push(top, value - 40 * top)
    } else arcs.push(value)
    ;[value, fresh] = [0, true]
  }
  if (!fresh || arcs.length === 0) throw new DERError('object identifier')
  return arcs.join('.')
}

/** UTCTime or GeneralizedTime with seconds and Z, of a day that there is; Unix milliseconds. */
function time(e: { tag: number; body: Uint8Array }): number {
  const text = String.fromCharCode(...e.body)
  const form =
    e.tag === 0x17
      ? /^(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)Z$/
      : e.tag === 0x18
        ? /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)Z$/
        : undefined
  const parts = form?.exec(text)?.slice(1)
  if (!parts) throw new DERError('time')
  const [y, mo, d, h, mi, s] = parts as [string, string, string, string, string, string]
  const year = e.tag === 0x18 ? y : (Number(y) < 50 ? '20' : '19') + y
  const at = new Date(`${year}-${mo}-${d}T${h}:${mi}:${s}Z`)
  if (Number.isNaN(at.getTime()) || at.toISOString().slice(0, 19) !== `${year}-${mo}-${d}T${h}:${mi}:${s}`)
    throw new DERError('time')
  return at.getTime()
}

const COMMON_NAME = '2.5.4.3'
const ORGANIZATION = '2.5.4.10'
const UNIT = '2.5.4.11'

/**
 * One attribute in each set, in UTF-8 or the alphabet of PrintableString; CN, O and OU at most
 * once: a subject with two organisations must not pass as either.
 */
function names(subject: Uint8Array): { cn: string; org: string; unit: string } {
  const found = new Map<string, string>()
  for (const r = new Reader(subject); !r.done; ) {
    const set = new Reader(r.next(SET).body)
    const pair = new Reader(set.next(SEQUENCE).body)
    set.end()
    const type = dotted(pair.next(OID).body)
    const value = pair.next()
    pair.end()
    const text = utf8Text(value.body)
    if (value.tag !== UTF8_STRING && !(value.tag === PRINTABLE_STRING && /^[A-Za-z0-9 '()+,\-./:=?]*$/.test(text)))
      throw new DERError('name')
    if (found.has(type) && [COMMON_NAME, ORGANIZATION, UNIT].includes(type)) throw new DERError('name')
    found.set(type, text)
  }
  return { cn: found.get(COMMON_NAME) ?? '', org: found.get(ORGANIZATION) ?? '', unit: found.get(UNIT) ?? '' }
}

// Extensions that libraries read or judge and that the profile has no place for: names,
// constraints, policies, addresses.
const judged = new Set([
  ...[9, 17, 18, 30, 31, 32, 33, 36, 46, 54].map((n) => `2.5.29.${n}`),
  '1.3.6.1.5.5.7.1.1',
  '1.3.6.1.5.5.7.1.11',
])

/** A BOOLEAN that is there is TRUE. */
function isTrue(r: Reader): boolean {
  if (r.peek() !== BOOLEAN) return false
  if (!equal(r.next(BOOLEAN).body, Uint8Array.of(0xff))) throw new DERError('boolean')
  return true
}

/** The bits of a named bit list of one or two bytes, whose last bit is set. */
function keyUsage(body: Uint8Array): number {
  const [pad, bits] = [body[0]!, body[body.length - 1]!]
  if (body.length < 2 || body.length > 3 || pad > 7 || ((bits << (7 - pad)) & 0xff) !== 0x80)
    throw new DERError('key usage')
  return body[1]!
}

function parseExtensions(body: Uint8Array) {
  const out = {
    isCA: false,
    mayIssue: false,
    pathLen: undefined as number | undefined,
    canSignData: false,
    uses: [] as string[],
  }
  let [certSign, saysCA] = [false, false]
  const seen = new Set<string>()
  for (const r = new Reader(body); !r.done; ) {
    const e = new Reader(r.next(SEQUENCE).body)
    const type = dotted(e.next(OID).body)
    const critical = isTrue(e)
    const value = new Reader(e.next(OCTET_STRING).body)
    e.end()
    if (seen.has(type) || judged.has(type)) throw new DERError('extension')
    seen.add(type)
    switch (type) {
      case '2.5.29.15': {
        const usage = keyUsage(value.next(BIT_STRING).body)
        out.canSignData = (usage & 0x80) !== 0
        certSign = (usage & 0x04) !== 0
        out.mayIssue ||= (usage & 0x06) !== 0
        value.end()
        break
      }
      case '2.5.29.19': {
        const basic = new Reader(value.next(SEQUENCE).body)
        value.end()
        saysCA = isTrue(basic)
        if (saysCA && !basic.done) {
          const length = basic.next(INTEGER).body
          if (length.length !== 1 || length[0]! & 0x80) throw new DERError('path length')
          out.pathLen = length[0]!
        }
        basic.end()
        break
      }
      case '2.5.29.37':
        out.uses = oids(value.next(SEQUENCE).body)
        value.end()
        if (out.uses.length === 0) throw new DERError('extended key usage')
        break
      case '2.5.29.14':
        value.next(OCTET_STRING)
        value.end()
        if (critical) throw new DERError('key id')
        break
      case '2.5.29.35': {
        const ids = new Reader(value.next(SEQUENCE).body)
        value.end()
        ids.next(0x80)
        ids.end()
        if (critical) throw new DERError('key id')
        break
      }
      default:
        if (critical) throw new DERError('critical extension')
    }
  }
  out.mayIssue ||= saysCA
  out.isCA = saysCA && certSign
  return out
}

export function validAt(c: Certificate, at: number): boolean {
  return at >= c.notBefore && at <= c.notAfter
}

function issuedBy(c: Certificate, issuer: Certificate): boolean {
  return equal(c.issuer, issuer.subject) && issuer.isCA && verify(c.tbs, c.signature, issuer.publicKey)
}

/**
 * Whether root issued ca and ca issued leaf, all valid at a time, with a use in common: leaf makes
 * signatures as client or server, and issues nothing.
 */
export function chainHolds(leaf: Certificate, ca: Certificate, root: Certificate, at: number): boolean {
  const all = [leaf, ca, root]
  return (
    all.every((c) => validAt(c, at)) &&
    leaf.canSignData &&
    !leaf.mayIssue &&
    [CLIENT_AUTH, SERVER_AUTH].some(
      (use) => leaf.uses.includes(use) && [ca, root].every((c) => c.uses.length === 0 || c.uses.includes(use)),
    ) &&
    (root.pathLen ?? 1) >= 1 &&
    ca.publicKey !== root.publicKey &&
    issuedBy(leaf, ca) &&
    issuedBy(ca, root)
  )
}

/** Whether base64 DER is the certificate's signature over the message. */
export function signed(by: Certificate, message: Uint8Array, sig: string): boolean {
  try {
    return verify(message, fromBase64(sig), by.publicKey)
  } catch {
    return false
  }
}
