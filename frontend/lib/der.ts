// Strict DER (ITU-T X.690), as far as signatures and certificates need it: definite minimal
// lengths, minimal integers, nothing behind the end. What can be spelled in two ways is refused.
import { concat, toHex } from './bytes'

export class DERError extends Error {}

export interface Element {
  tag: number
  /** Contents. */
  body: Uint8Array
  /** Tag, length and contents. */
  raw: Uint8Array
}

/** Reads one element after the other. */
export class Reader {
  private at = 0
  constructor(private readonly bytes: Uint8Array) {}

  get done(): boolean {
    return this.at === this.bytes.length
  }

  /** The next element's tag, -1 at the end. */
  peek(): number {
    return this.bytes[this.at] ?? -1
  }

  next(tag?: number): Element {
    const start = this.at
    const found = this.byte()
    if ((found & 0x1f) === 0x1f || (tag !== undefined && found !== tag)) throw new DERError('unexpected tag')
    const length = this.length()
    if (this.at + length > this.bytes.length) throw new DERError('cut short')
    this.at += length
    return { tag: found, body: this.bytes.slice(this.at - length, this.at), raw: this.bytes.slice(start, this.at) }
  }

  /** Demands the end. */
  end(): void {
    if (!this.done) throw new DERError('something follows')
  }

  private byte(): number {
    const b = this.bytes[this.at++]
    if (b === undefined) throw new DERError('cut short')
    return b
  }

  private length(): number {
    const first = this.byte()
    if (first < 0x80) return first
    const octets = first & 0x7f
    if (octets < 1 || octets > 3) throw new DERError('length')
    let value = 0
    for (let i = 0; i < octets; i++) value = value * 256 + this.byte()
    if (value < 0x80 || value < 2 ** (8 * (octets - 1))) throw new DERError('length is not minimal')
    return value
  }
}

export const BOOLEAN = 0x01
export const INTEGER = 0x02
export const BIT_STRING = 0x03
export const OCTET_STRING = 0x04
export const OID = 0x06
export const UTF8_STRING = 0x0c
export const PRINTABLE_STRING = 0x13
export const SEQUENCE = 0x30
export const SET = 0x31

/** A non-negative INTEGER's bytes without the sign byte; throws for a negative or padded one. */
export function unsigned(body: Uint8Array): Uint8Array {
  const [first, second] = body
  if (first === undefined || first & 0x80) throw new DERError('integer')
  if (first === 0 && body.length > 1) {
    if (!(second! & 0x80)) throw new DERError('integer is not minimal')
    return body.slice(1)
  }
  return body
}

/** Longest DER of an SM2 signature, in bytes. */
export const MAX_SIGNATURE = 72

const n = BigInt('0xfffffffeffffffffffffffffffffffff7203df6b21c6052b53bbf40939d54123')

/**
 * r and s (64 hex digits each) of a strict signature: SEQUENCE of two minimal INTEGERs in 1 … n-1.
 * undefined otherwise.
 */
export function parseSignature(der: Uint8Array): { r: string; s: string } | undefined {
  if (der.length > MAX_SIGNATURE) return undefined
  try {
    const outer = new Reader(der)
    const inner = new Reader(outer.next(SEQUENCE).body)
    outer.end()
    const [r, s] = [unsigned(inner.next(INTEGER).body), unsigned(inner.next(INTEGER).body)].map((b) =>
      toHex(b).padStart(64, '0'),
    )
    inner.end()
    const good = [r!, s!].every((v) => v.length === 64 && BigInt('0x' + v) > BigInt(0) && BigInt('0x' + v) < n)
    return good ? { r: r!, s: s! } : undefined
  } catch {
    return undefined
  }
}

/** Strict DER of r and s (64 hex digits each). */
export function strictSignature(r: string, s: string): Uint8Array {
  const body = concat(integer(r), integer(s))
  return concat(Uint8Array.of(SEQUENCE, body.length), body)
}

function integer(hex: string): Uint8Array {
  const bytes = Uint8Array.from(hex.match(/../g)!.map((pair) => parseInt(pair, 16)))
  let start = 0
  while (start < bytes.length - 1 && bytes[start] === 0) start++
  const value = bytes.slice(start)
  const sign = value[0]! & 0x80 ? Uint8Array.of(0) : new Uint8Array(0)
  return concat(Uint8Array.of(INTEGER, value.length + sign.length), sign, value)
}
