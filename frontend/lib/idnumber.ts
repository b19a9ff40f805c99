// Resident id numbers (公民身份号码, GB 11643-1999): six digits of a region, date of birth, order, check
// digit.

import { dayInChina } from './days'

const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
const CHECKS = '10X98765432'

/**
 * First two digits of a region (GB/T 2260); app/patients has the same list, and a test there reads
 * this one.
 */
const PROVINCES = new Set(
  '11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46 50 51 52 53 54 61 62 63 64 65 71 81 82 83'.split(' '),
)

/** Older than any living person, as on the server. */
const FIRST_BIRTH = '1900-01-01'

export interface IdFacts {
  birthDate: string
  sex: 'male' | 'female'
}

/** What a number says; undefined when it is none. */
export function readIdNumber(text: string, now = Date.now()): IdFacts | undefined {
  const id = text.trim().toUpperCase()
  if (!/^[1-9]\d{16}[\dX]$/.test(id) || !PROVINCES.has(id.slice(0, 2))) return undefined
  const sum = WEIGHTS.reduce((s, w, i) => s + w * Number(id[i]), 0)
  const birthDate = `${id.slice(6, 10)}-${id.slice(10, 12)}-${id.slice(12, 14)}`
  const at = new Date(`${birthDate}T00:00:00Z`)
  if (birthDate < FIRST_BIRTH || birthDate > dayInChina(now)) return undefined
  if (CHECKS[sum % 11] !== id[17] || Number.isNaN(at.getTime()) || at.toISOString().slice(0, 10) !== birthDate)
    return undefined
  return { birthDate, sex: Number(id[16]) % 2 === 1 ? 'male' : 'female' }
}
