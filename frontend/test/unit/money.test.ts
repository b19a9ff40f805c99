import { describe, expect, it } from 'vitest'
import { money, shares, yuan } from '@/lib/money'

describe('fen in words', () => {
  it.each([
    [0, '0.00'],
    [1, '0.01'],
    [10, '0.10'],
    [99, '0.99'],
    [100, '1.00'],
    [123456, '1,234.56'],
    [100000000, '1,000,000.00'],
    [-5, '-0.05'],
    [-12345, '-123.45'],
  ])('%d is %s', (fen, want) => expect(yuan(fen)).toBe(want))
  it('signs before the currency', () => expect([money(1230), money(-1230)]).toEqual(['¥12.30', '-¥12.30']))
  it.each([0.5, NaN, Infinity, 2 ** 53])('refuses %d', (fen) => expect(() => yuan(fen)).toThrow(RangeError))
})

describe('shares of a split', () => {
  it('is empty for an empty bill', () =>
    expect(shares({ fund: 0, account: 0, cash: 0 })).toEqual({ fund: 0, account: 0, cash: 0 }))
  it('gives a part that is not nothing at least one per cent', () =>
    expect(shares({ fund: 1_000_000, account: 1, cash: 1 })).toEqual({ fund: 98, account: 1, cash: 1 }))
  it('adds up to a hundred for thousands of bills', () => {
    let seed = 42
    const next = (n: number) => (seed = (seed * 48271) % 2147483647) % n
    for (let i = 0; i < 5000; i++) {
      const split = { fund: next(3) && next(100000), account: next(3) && next(1000), cash: next(3) && next(100000) }
      const got = shares(split)
      const total = split.fund + split.account + split.cash
      expect(got.fund + got.account + got.cash, JSON.stringify(split)).toBe(total > 0 ? 100 : 0)
      for (const part of ['fund', 'account', 'cash'] as const) {
        expect(got[part] > 0, JSON.stringify(split)).toBe(split[part] > 0)
        if (total > 0)
          expect(Math.abs(got[part] - (split[part] * 100) / total), JSON.stringify(split)).toBeLessThan(2.01)
      }
    }
  })
})
