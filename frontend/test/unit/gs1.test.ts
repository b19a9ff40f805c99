import { describe, expect, it } from 'vitest'
import { batchOf } from '@/lib/gs1'

const now = Date.UTC(2026, 11, 1)
const gtin = '06901234567892'

describe('the lot of a scanned package', () => {
  // as prescription/trace's TestBatchOf
  it.each([
    [`(01)${gtin}(17)280131(10)LOT7(21)A1b2-C3`, 'LOT7', '2028-01-31'],
    [`(01)${gtin}(17)280200(21)A1`, '', '2028-02-29'],
    [`]d201${gtin}1728120010LOT7\x1d21A1`, 'LOT7', '2028-12-31'],
    [`]C101${gtin}1726113021A1b2-C3\x1d10LOT7`, 'LOT7', '2026-11-30'],
    [`\x1d01${gtin}10LOT7\x1d21A1b2-C3`, 'LOT7', ''],
    [`01${gtin}1799010121A1`, '', '1999-01-01'],
    [`(01)${gtin}(17)281332(21)A1`, '', ''],
    [`(01)${gtin}(17)280230(21)A1`, '', ''],
    ['81234567890123456789', '', ''],
    ['(10)LOT7(17)280131', '', ''],
  ])('%s', (scan, lot, expires) => expect(batchOf(scan, now)).toEqual({ lot, expires }))
})
