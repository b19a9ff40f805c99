import { describe, expect, it } from 'vitest'
import { readIdNumber } from '@/lib/idnumber'

describe('a resident id number', () => {
  // The first is an example of GB 11643 itself.
  it.each([
    ['11010519491231002X', '1949-12-31', 'female'],
    ['34052419800101001X', '1980-01-01', 'male'],
    ['110105200002290013', '2000-02-29', 'male'],
    [' 11010519491231002x ', '1949-12-31', 'female'],
  ])('%s says birth and sex', (id, birthDate, sex) => expect(readIdNumber(id)).toEqual({ birthDate, sex }))

  it.each([
    ['the other example of the standard: nobody born in 1880 lives', '440524188001010014'],
    ['a day that is still to come, check digit right', '110105209912310029'],
    ['a region that is none, check digit right', '160105194912310029'],
    ['a wrong check digit', '110105194912310021'],
    ['X where a digit belongs', '44052418800101001X'],
    ['two digits changed places', '11010519491321002X'],
    ['30 February, check digit right', '110105194902310026'],
    ['29 February of a common year, check digit right', '110105190002290017'],
    ['month 13, check digit right', '110105202613010016'],
    ['day 0, check digit right', '110105202611000017'],
    ['no region begins with 0, check digit right', '010105194912310026'],
    ['the 15 digits of before 1999', '110105491231002'],
    ['19 digits', '4405241880010100140'],
    ['X in the middle', '1101051949123X0021'],
    ['full-width digits', '４４０５２４１８８００１０１００１４'],
    ['nothing', ''],
  ])('is not %s', (_, id) => expect(readIdNumber(id)).toBeUndefined())
})
