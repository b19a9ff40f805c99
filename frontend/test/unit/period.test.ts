import { Blob as Bytes } from 'node:buffer'
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { checkPeriod, isArchive, isOver } from '@/lib/period'
import { Refusal } from '@/lib/receipt'
import { json } from '../golden'

const folder = 'chain/testdata/period'
// jsdom's own has no stream.
const file = (name: string) => new Bytes([new Uint8Array(readFileSync(`../${folder}/${name}`))]) as unknown as Blob
const written = (text: string) => new Bytes([text]) as unknown as Blob
const cases = json<{ name: string; file: string; want: string }[]>(`${folder}/cases.json`)
/** A hundred signatures take their time on a busy machine, in ms. */
const LONG = 120_000
const check = (blob: Blob) => checkPeriod(blob, async () => undefined)

describe('an export of a period', () => {
  it.each(cases)('is judged as by the program that writes it: $name', async ({ file: name, want }) => {
    let found: string
    try {
      found = (await check(file(name))).faults[0]?.reason ?? ''
    } catch (e) {
      if (!(e instanceof Refusal)) throw e
      found = e.reason
    }
    expect(found).toBe(want)
  }, LONG)

  it('says between which heights it is complete', async () => {
    const { manifest: m, timeline } = await check(file('whole.zip'))
    expect([m.first, m.count, m.heights, isOver(m), timeline.length]).toEqual([5, 15, { first: 4, last: 13 }, true, 1])
  }, LONG)

  it('is told from other files, and one that was cut off anywhere is refused', async () => {
    const whole = file('whole.zip')
    expect([await isArchive(whole), await isArchive(written('{}')), await isArchive(written('[1,2,3]'))]).toEqual([
      true,
      false,
      false,
    ])
    for (let n = 0; n < whole.size; n += 997) await expect(check(whole.slice(0, n))).rejects.toThrow(Refusal)
  })
})
