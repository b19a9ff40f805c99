// X.509 v3 certificates (RFC 5280, GB/T 20518) for SM2 keys signed SM2-with-SM3: what a receipt's check needs of them.
// Good for the consortium's three layers root -> organisation's CA -> person or seal; nothing more general.
import { equal, fromBase64, toHex, utf8Text } from './bytes'
import { BIT_STRING, DERError, INTEGER, OCTET_STRING, OID, Reader, SEQUENCE, SET, parseSignature, unsigned } from './der'
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
  unknownCritical: boolean
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
  if (oids(algorithm.body)[0] !== SM2_WITH_SM3 || !parseSignature(signature)) throw new DERError('not signed with SM2-SM3')
  return { raw: der, id: sm3(der), tbs: tbs.raw, signature, ...parseTBS(tbs.body, algorithm.raw) }
}

function parseTBS(body: Uint8Array, algorithm: Uint8Array) {
  const r = new Reader(body)
  if (!equal(r.next(0xa0).body, Uint8Array.of(2, 1, 2))) throw new DERError('not version 3')
  unsigned(r.next(INTEGER).body) // serial number
  if (!equal(r.next(SEQUENCE).raw, algorithm)) throw new DERError('two algorithms')
  const issuer = r.next(SEQUENCE)
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
  return { issuer: issuer.raw, subject: subject.raw, notBefore, notAfter, publicKey, ...names(subject.body), ...parseExtensions(list) }
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
  if (algorithm.length !== 2 || algorithm[0] !== EC_KEY || algorithm[1] !== SM2_CURVE || !isPublicKey(key)) throw new DERError('not an SM2 key')
  return key
}

/** Object identifiers one after the other. */
function oids(body: Uint8Array): string[] {
  const out: string[] = []
  for (const r = new Reader(body); !r.done; ) out.push(dotted(r.next(OID).body))
  return out
}

function dotted(body: Uint8Array): string {
  const arcs: number[] = []
  let value = 0
  for (const b of body) {
    value = value * 128 + (b & 0x7f)
    if (b & 0x80) continue
    if (arcs.length === 0) {
      const top = Math.min(2, Math.floor(value / 40))
      arcs.push(top, value - 40 * top)
    } else arcs.push(value)
    value = 0
  }
  return arcs.join('.')
}

/** UTCTime or GeneralizedTime in the one form DER allows, Unix milliseconds. */
function time(e: { tag: number; body: Uint8Array }): number {
  const text = String.fromCharCode(...e.body)
  const form = e.tag === 0x17 ? /^(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)Z$/ : e.tag === 0x18 ? /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)Z$/ : undefined
  const parts = form?.exec(text)?.slice(1).map(Number)
  if (!parts) throw new DERError('time')
  const [y, mo, d, h, mi, s] = parts as [number, number, number, number, number, number]
  const year = e.tag === 0x17 ? (y < 50 ? 2000 + y : 1900 + y) : y
  return Date.UTC(year, mo - 1, d, h, mi, s)
}

function names(subject: Uint8Array): { cn: string; org: string; unit: string } {
  const found: Record<string, string[]> = {}
  for (const r = new Reader(subject); !r.done; ) {
    for (const set = new Reader(r.next(SET).body); !set.done; ) {
      const pair = new Reader(set.next(SEQUENCE).body)
      const type = dotted(pair.next(OID).body)
      ;(found[type] ??= []).push(utf8Text(pair.next().body))
      pair.end()
    }
  }
  const only = (type: string) => (found[type]?.length === 1 ? found[type]![0]! : '')
  // A subject with two organisations must not pass as either.
  return { cn: found['2.5.4.3']?.slice(-1)[0] ?? '', org: only('2.5.4.10'), unit: only('2.5.4.11') }
}

function parseExtensions(body: Uint8Array) {
  const out = { isCA: false, mayIssue: false, pathLen: undefined as number | undefined, canSignData: false, uses: [] as string[], unknownCritical: false }
  let certSign = false
  for (const r = new Reader(body); !r.done; ) {
    const e = new Reader(r.next(SEQUENCE).body)
    const type = dotted(e.next(OID).body)
    const critical = e.peek() === 0x01 && e.next(0x01).body[0] === 0xff
    const value = new Reader(e.next(OCTET_STRING).body)
    e.end()
    switch (type) {
      case '2.5.29.15': {
        const usage = value.next(BIT_STRING).body[1] ?? 0
        out.canSignData = (usage & 0x80) !== 0
        certSign = (usage & 0x04) !== 0
        out.mayIssue ||= (usage & 0x06) !== 0
        break
      }
      case '2.5.29.19': {
        const basic = new Reader(value.next(SEQUENCE).body)
        out.isCA = basic.peek() === 0x01 && basic.next(0x01).body[0] === 0xff
        if (basic.peek() === INTEGER) out.pathLen = parseInt(toHex(basic.next(INTEGER).body), 16)
        break
      }
      case '2.5.29.37':
        out.uses = oids(value.next(SEQUENCE).body)
        break
      case '2.5.29.14':
      case '2.5.29.35':
        break
      default:
        out.unknownCritical ||= critical
    }
  }
  out.mayIssue ||= out.isCA
  out.isCA &&= certSign
  return out
}

export function validAt(c: Certificate, at: number): boolean {
  return at >= c.notBefore && at <= c.notAfter
}

function issuedBy(c: Certificate, issuer: Certificate): boolean {
  return equal(c.issuer, issuer.subject) && issuer.isCA && verify(c.tbs, c.signature, issuer.publicKey)
}

/** Whether leaf leads over ca to root, all valid at a time: a certificate that makes signatures as client or server. */
export function chainHolds(leaf: Certificate, ca: Certificate, root: Certificate, at: number): boolean {
  const all = [leaf, ca, root]
  return (
    all.every((c) => validAt(c, at) && !c.unknownCritical) &&
    leaf.canSignData && !leaf.mayIssue && ca.publicKey !== root.publicKey &&
    leaf.uses.some((u) => u === CLIENT_AUTH || u === SERVER_AUTH) &&
    [ca, root].every((c) => c.uses.length === 0 || c.uses.some((u) => leaf.uses.includes(u))) &&
    (root.pathLen ?? 1) >= 1 &&
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
