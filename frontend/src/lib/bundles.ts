// Bundles of paid prescriptions (处方流转凭证), kept on the patient's device: they prove themselves while the hospital's server is away. Who
// has one may collect the medicine, so they go at log-out and when somebody else logs in (lib/session).
import * as storage from '@/platform/storage'
import { api } from './api'
import { BUNDLES } from './session'

const slot = (person: string, id: string) => `${BUNDLES}${person}/${id}`

/** The text kept of a prescription; empty when there is none. */
export const keptBundle = (person: string, id: string) => storage.read(slot(person, id))

/** Prescriptions of which a bundle is here. */
export const keptBundles = (person: string) => storage.keys(slot(person, '')).map((key) => key.slice(slot(person, '').length))

export const dropBundle = (person: string, id: string) => storage.remove(slot(person, id))

/** Takes it out at the hospital's and keeps it. Throws Refused: receipt-not-sealed while its records are on their way, status when it is over. */
export async function fetchBundle(person: string, id: string): Promise<string> {
  const text = await api.text('/v1/prescriptions/{id}/bundle', { path: { id } })
  storage.write(slot(person, id), text)
  return text
}
