// What facts a statement of each kind may have: the cases that Go shares
// (chain/testdata/facts.json; Go's side: chain/facts_test.go).
import { expect, it } from 'vitest'
import { rules, statementKeepsRules, type Facts, type Kind } from '@/lib/record'
import { json } from '../golden'

const cases = json<{ kind: Kind; v: number; facts: Facts; good: boolean; why: string }[]>('chain/testdata/facts.json')
const zeros = '0'.repeat(64)

it('takes and refuses the facts that Go does', () => {
  expect(cases.length).toBeGreaterThan(500)
  const other = cases.filter(({ kind, v, facts, good }) => {
    const statement = {
      actor: zeros,
      chain: 'c',
      digest: zeros,
      facts,
      kind,
      org: 'h1',
      seq: 1,
      subject: `${rules[kind].prefix}1`,
      time: 1,
      v,
    }
    return statementKeepsRules(statement) !== good
  })
  expect(other.map((c) => `${c.kind} ${c.v} ${c.why}`)).toEqual([])
})
