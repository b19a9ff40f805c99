// Certificates that a member's CA could make: Go (chain/gm/pki/profile_test.go) and this app take
// the same and refuse the same.
import { describe, expect, it } from 'vitest'
import { fromBase64 } from '@/lib/bytes'
import { chainHolds, parseCertificate } from '@/lib/x509'
import { json } from '../golden'

interface Case {
  name: string
  leaf: string
  ca?: string
  root?: string
  at?: number
  good: boolean
}

const file = json<{ ca: string; root: string; at: number; cases: Case[] }>('chain/gm/pki/testdata/profile.json')

function holds({ leaf, ca = file.ca, root = file.root, at = file.at }: Case): boolean {
  try {
    const [l, c, r] = [leaf, ca, root].map((text) => parseCertificate(fromBase64(text)))
    return chainHolds(l!, c!, r!, at)
  } catch {
    return false
  }
}

describe('a certificate', () => {
  it('has many forms', () => expect(file.cases.length).toBeGreaterThan(100))
  it.each(file.cases.map((c) => [c.name, c.good, c] as const))('%s: %s', (_, good, c) => expect(holds(c)).toBe(good))
})
