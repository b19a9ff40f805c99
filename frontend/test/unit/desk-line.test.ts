import { describe, expect, it } from 'vitest'
import type { Item } from '@/lib/counter'
import { findLine } from '../../desk/counter/find-line'

const items = [{ tracePrefix: '8911775', packages: 2 }, { tracePrefix: '8911866', packages: 1 }] as Item[]
const code = (prefix: string, n: number) => prefix + String(n).padStart(13, '0')
const gs1 = '010690000000001421SERIAL'

describe('the line of a scanned package', () => {
  it('is its own drug\'s', () => expect(findLine(code('8911866', 1), items, [[], []])).toEqual({ line: 1 }))
  it("is its own drug's, whatever is marked", () =>
    expect(findLine(code('8911775', 1), items, [[], []], 1)).toEqual({ line: 0 }))
  it('is none for another drug', () =>
    expect(findLine(code('9999999', 1), items, [[], []])).toEqual({ fault: 'prefix' }))
  it('is full when its drug is complete, though another line lacks one', () =>
    expect(findLine(code('8911866', 2), items, [[], [code('8911866', 1)]])).toEqual({ fault: 'full' }))
  it('takes no code twice', () =>
    expect(findLine(code('8911775', 1), items, [[code('8911775', 1)], []])).toEqual({ fault: 'twice' }))
  it('is the marked one for a code that does not say its drug, else the first that lacks one', () => {
    expect(findLine(`${gs1}1`, items, [[], []], 1)).toEqual({ line: 1 })
    expect(findLine(`${gs1}1`, items, [[], []])).toEqual({ line: 0 })
    expect(findLine(`${gs1}2`, items, [[], [`${gs1}1`]], 1)).toEqual({ line: 0 })
  })
  it('is none for what is no code', () => expect(findLine('123', items, [[], []])).toEqual({ fault: 'length' }))
})
