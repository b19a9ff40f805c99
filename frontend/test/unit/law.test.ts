// What the pages offer is the contract's word. The lists here are by hand, as people think of them.
import { readFileSync, readdirSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { isMoving, isOver, startsFrom, statuses } from '@/lib/law'

const known = ['draft', 'signed', 'approved', 'rejected', 'paid', 'claimed', 'dispensed', 'cancelled', 'expired']

describe('a prescription', () => {
  it('is withdrawn before a pharmacy claims it', () =>
    expect(known.filter((s) => startsFrom('rx.cancel', s))).toEqual(['signed', 'approved', 'paid']))
  it('is contested once it is claimed', () =>
    expect(known.filter((s) => startsFrom('rx.contest', s))).toEqual(['claimed', 'dispensed']))
  it('moves on from some statuses', () =>
    expect(known.filter(isMoving)).toEqual(['signed', 'approved', 'paid', 'claimed']))
  it('is over in others', () => expect(known.filter(isOver)).toEqual(['rejected', 'dispensed', 'cancelled', 'expired']))
  it('has no other status', () => expect([...statuses].sort()).toEqual(known.filter((s) => s !== 'draft').sort()))
  it('that is not there yet does neither', () =>
    expect([isMoving(''), startsFrom('rx.cancel', undefined)]).toEqual([false, false]))
})

describe('the pages', () => {
  it('keep no list of their own of where a step starts, or of what is over', () => {
    const lists = [
      'signed approved paid', 'claimed dispensed', 'signed approved paid claimed',
      'dispensed rejected cancelled expired', 'draft rejected cancelled expired', 'cancelled expired rejected',
    ]
    const found = ['src', 'desk'].flatMap((folder) =>
      readdirSync(folder, { recursive: true, encoding: 'utf8' })
        .filter((f) => /\.(ts|vue)$/.test(f) && !f.includes('gallery'))
        .flatMap((f) =>
          [...readFileSync(`${folder}/${f}`, 'utf8').matchAll(/\[\s*((?:'\w+'(?:,\s*)?)+)\]/g)]
            .filter((m) => lists.includes(m[1]!.match(/\w+/g)!.join(' ')))
            .map((m) => `${folder}/${f}: ${m[0]}`),
        ),
    )
    expect(found).toEqual([])
  })
})
