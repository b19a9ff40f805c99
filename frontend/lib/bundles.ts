// Bundles of paid prescriptions (处方流转凭证), kept on the patient's device: they prove themselves while
// the hospital's server is away. Who has one may collect the medicine, so they go at log-out and
// when somebody else logs in (lib/session).
import { api, Refused, type Schema } from './api'
import { fromBase64, utf8Text } from './bytes'
import { BUNDLES, CODES, SHORTS, own } from './session'

const codeSlot = (person: string, id: string) => `${CODES}${person}/${id}`
const shortSlot = (person: string, id: string) => `${SHORTS}${person}/${id}`
const slot = (person: string, id: string) => `${BUNDLES}${person}/${id}`

/** The text kept of a prescription; empty when there is none. */
export const keptBundle = (person: string, id: string) => own.read(slot(person, id))

/** Prescriptions of which a bundle is here. */
export const keptBundles = (person: string) =>
  own.keys(slot(person, '')).map((key) => key.slice(slot(person, '').length))

/** What a bundle is about, as the doctor signed it: for its patient to know it among others. */
export interface BundleFacts {
  id: string
  department: string
  doctor: string
  patient: string
  /** Whose it is. */
  person: string
  drugs: { nameZh: string; nameEn: string }[]
  issued: string
  validUntil: string
}

/** What the kept text says without the server; undefined of what is no bundle. */
export function bundleFacts(text: string): BundleFacts | undefined {
  try {
    const { prescription, evidence } = JSON.parse(text) as { prescription: string; evidence: { document: string }[] }
    const d = JSON.parse(utf8Text(fromBase64(evidence[0]!.document))) as {
      department: string
      name: string
      time: string
      validUntil: string
      patient: { person: string; name: string }
      items: { name: string; nameEn?: string }[]
    }
    return {
      id: prescription,
      department: d.department,
      doctor: d.name,
      patient: d.patient.name,
      person: d.patient.person,
      drugs: d.items.map((i) => ({ nameZh: i.name, nameEn: i.nameEn ?? i.name })),
      issued: d.time,
      validUntil: d.validUntil,
    }
  } catch {
    return undefined
  }
}

export function dropBundle(person: string, id: string): void {
  own.remove(slot(person, id))
  own.remove(codeSlot(person, id))
  own.remove(shortSlot(person, id))
}

/**
 * Takes it out at the hospital's and keeps it, with the codes of later claims. Throws Refused:
 * receipt-not-sealed while its records are on their way, status when it is over.
 */
export async function fetchBundle(person: string, id: string): Promise<string> {
  const text = await api.text('/v1/prescriptions/{id}/bundle', { path: { id } })
  const { codes } = await api.get('/v1/prescriptions/{id}/pickup-codes', { path: { id } })
  own.write(codeSlot(person, id), (codes ?? []).join(' '))
  own.write(slot(person, id), text)
  return text
}

/**
 * The codes kept of a prescription, the next claim's first. Each opens one claim; a pharmacy is
 * shown one at a time.
 */
export const keptCodes = (person: string, id: string) => own.read(codeSlot(person, id)).split(' ').filter(Boolean)

/**
 * A bundle with another of its codes, for a pharmacy after the one whose claim has ended. The
 * evidence stays byte for byte.
 */
export const withCode = (bundle: string, code: string) =>
  bundle.replace(/("accessCode"\s*:\s*")[^"]*"/, (_, head: string) => `${head}${code}"`)

/** The long code that the next claim needs, as the QR says it; empty when no codes are kept. */
export function keptPickup(person: string, id: string): string {
  const [code] = keptCodes(person, id)
  return code ? `RXP1:${id}:${code}` : ''
}

export type ShortCode = Schema<'PrescriptionShortCode'>

/** The short code kept of a prescription; undefined when there is none, or it has ended. */
export function keptShort(person: string, id: string): ShortCode | undefined {
  try {
    const kept = JSON.parse(own.read(shortSlot(person, id))) as ShortCode
    return Date.parse(kept.expiresAt) > Date.now() ? kept : undefined
  } catch {
    return undefined
  }
}

export const dropShort = (person: string, id: string) => own.remove(shortSlot(person, id))

/**
 * Asks for the short code of the pharmacy that was chosen, and keeps it. Throws Refused:
 * no-short-code where there can be none.
 */
export async function fetchShort(person: string, id: string): Promise<ShortCode> {
  try {
    const code = await api.post('/v1/prescriptions/{id}/short-code', { path: { id } })
    own.write(shortSlot(person, id), JSON.stringify(code))
    return code
  } catch (e) {
    if (e instanceof Refused) own.remove(shortSlot(person, id)) // the server's word; a lost network leaves it
    throw e
  }
}
