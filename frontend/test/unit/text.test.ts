import { describe, expect, it } from 'vitest'
import { isDirectional, markedIn, parsed } from '@/lib/bidi'
import { isICD10, lineOf, nameOf, sameName, textOf } from '@/lib/text'
import { json } from '../golden'

interface Vectors {
  text: { rule: 'name' | 'line' | 'optional' | 'text'; in: string; out: string | null; why?: string }[]
  sameName: { a: string; b: string; same: boolean }[]
  icd10: { in: string; ok: boolean }[]
}

// The same file holds the server's rules: chain/platform/text.
const vectors = json<Vectors>('chain/platform/text/testdata/vectors.json')
const rules = {
  name: (s: string) => nameOf(s, 50),
  line: (s: string) => lineOf(s, 1, 100),
  optional: (s: string) => lineOf(s, 0, 100),
  text: (s: string) => textOf(s, 1, 100),
}

describe('one rule on every road', () => {
  it('takes and refuses texts as the server does', () => {
    expect(vectors.text.length).toBeGreaterThan(80)
    for (const c of vectors.text) expect([c, rules[c.rule](c.in) ?? null]).toEqual([c, c.out])
  })
  it('knows spellings of one name', () => {
    for (const c of vectors.sameName) expect([c, sameName(c.a, c.b), sameName(c.b, c.a)]).toEqual([c, c.same, c.same])
  })
  it('knows the shape of a diagnosis code', () => {
    for (const c of vectors.icd10) expect([c, isICD10(c.in)]).toEqual([c, c.ok])
  })
  it('notices a text that is read in another order', () => {
    expect(isDirectional('每日 1 片\u202e片 01')).toBe(true)
    expect(isDirectional('每日 1 片')).toBe(false)
  })
  it('marks it in whatever the server sends, and leaves what is signed as it is', () => {
    const sent = { name: '王\u202e明', said: [{ text: 'a\u2066b' }], document: '{"x":"1\u202e2"}' }
    for (const text of [
      JSON.stringify(sent),
      JSON.stringify(sent).replace(/[\u202e\u2066]/g, (c) => `\\u${c.charCodeAt(0).toString(16)}`),
    ]) {
      expect(parsed(text)).toEqual({ name: '王[U+202E]明', said: [{ text: 'a[U+2066]b' }], document: sent.document })
    }
    expect(parsed('{"name":"王明"}')).toEqual({ name: '王明' })
  })
  it('shows what would turn the order round as a mark, wherever it stands', () => {
    expect(markedIn({ rows: [{ value: '1 片\u202e片 01', count: 2 }], at: undefined })).toEqual({
      rows: [{ value: '1 片[U+202E]片 01', count: 2 }],
      at: undefined,
    })
  })
})
