// Documents that say who somebody is (证件), as app/patients/identity/document.go has them: the
// server judges again.
import { readIdNumber, type IdFacts } from './idnumber'

export const DOCUMENTS = [
  'resident', 'passport', 'hk-macao-permit', 'taiwan-permit', 'foreigner-card', 'birth-certificate',
] as const
export type DocumentKind = (typeof DOCUMENTS)[number]

/** A document as it is typed. Sex and birth are stated where the number does not say them. */
export interface Papers {
  document: DocumentKind
  country: string
  idNumber: string
  sex: 'male' | 'female'
  birthDate: string
}

export const noPapers = (): Papers => ({
  document: 'resident',
  country: '',
  idNumber: '',
  sex: 'female',
  birthDate: '',
})

/** Width folded, without spaces and hyphens, in capital letters: as the paper has it. */
export const compact = (s: string) => s.normalize('NFKC').replace(/[\s-]/g, '').toUpperCase()

const SHAPES: Record<Exclude<DocumentKind, 'resident'>, RegExp> = {
  passport: /^(?=.*\d)[A-Z0-9]{5,15}$/,
  'hk-macao-permit': /^[HM]\d{8}(\d{2})?$/,
  'taiwan-permit': /^\d{8}(\d{2})?$/,
  'foreigner-card': /^([A-Z]{3}\d{12}|9\d{16}[\dX])$/,
  'birth-certificate': /^[A-Z]\d{9}$/,
}

/** What the number itself says; undefined when it says nothing. */
export function factsOf(p: Papers): IdFacts | undefined {
  return p.document === 'resident' ? readIdNumber(compact(p.idNumber)) : undefined
}

/** Whether the number has the shape of its document. */
export function numberFits(p: Papers): boolean {
  const n = compact(p.idNumber)
  if (p.document === 'resident') return readIdNumber(n) !== undefined
  return SHAPES[p.document].test(n) && (p.document !== 'passport' || /^[A-Z]{3}$/.test(compact(p.country)))
}

/** Whether all is said that the server needs. */
export const complete = (p: Papers) =>
  numberFits(p) && (factsOf(p) !== undefined || /^\d{4}-\d{2}-\d{2}$/.test(p.birthDate))

/** The number alone, as the desk sends it. */
export const numberBody = (p: Papers) => ({
  document: p.document,
  ...(p.document === 'passport' ? { country: compact(p.country) } : {}),
  idNumber: compact(p.idNumber),
})

/** The whole identity but the name. */
export const identityBody = (p: Papers) => ({
  ...numberBody(p),
  ...(factsOf(p) ?? { sex: p.sex, birthDate: p.birthDate }),
})

/** The sign by which the desk finds a person's line among those who typed one number. */
export const sign = (person: string) => person.slice(-4).toUpperCase()
