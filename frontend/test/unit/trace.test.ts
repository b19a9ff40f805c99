import { describe, expect, it } from 'vitest'
import { scannedText, shownCode, traceFault, type Item } from '@/lib/counter'

const item = { tracePrefix: '8123456', packages: 3 } as Item

describe('a scanned trace code', () => {
  // The lot's and the serial number's end: without it the lot would swallow the serial number.
  const gs1 = ']d2010690000000001410LOT7\x1d21SERIAL9\x1d17270131'

  it('keeps the group separator', () => expect(scannedText(` ${gs1}\r\n`)).toBe(gs1))
  it('with one is taken', () => expect(traceFault(scannedText(gs1), item, [], [[]])).toBeUndefined())
  it('shows it', () => expect(shownCode(gs1)).toContain('LOT7␝21'))
  it('in full width is taken in half width', () =>
    expect(scannedText('８１２３４５６７８９０１２３４５６７８９')).toBe('81234567890123456789'))
  it('with another control is none', () => expect(traceFault('8123\x1e4567890123456', item, [], [[]])).toBe('length'))
})
