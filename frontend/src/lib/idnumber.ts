// Resident id numbers (公民身份号码, GB 11643-1999): six digits of a region, date of birth, order, check digit.

const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
const CHECKS = '10X98765432'

export interface IdFacts {
  birthDate: string
  sex: 'male' | 'female'
}

/** What a number says; undefined when it is none. */
export function readIdNumber(text: string): IdFacts | undefined {
  const id = text.trim().toUpperCase()
  if (!/^[1-9]\d{16}[\dX]$/.test(id)) return undefined
  const sum = WEIGHTS.reduce((s, w, i) => s + w * Number(id[i]), 0)
  const birthDate = `${id.slice(6, 10)}-${id.slice(10, 12)}-${id.slice(12, 14)}`
  const at = new Date(`${birthDate}T00:00:00Z`)
  if (CHECKS[sum % 11] !== id[17] || Number.isNaN(at.getTime()) || at.toISOString().slice(0, 10) !== birthDate) return undefined
  return { birthDate, sex: Number(id[16]) % 2 === 1 ? 'male' : 'female' }
}
