// The patients of a doctor's visits: names and allergies beside the work list, each read once while the app is open.
import { reactive } from 'vue'
import { api, type Schema } from './api'

export type VisitPatient = Schema<'VisitPatient'>

const known = reactive<Record<string, VisitPatient | undefined>>({})

/** What is known now; undefined while it is on its way. */
export const patientOf = (visit: string): VisitPatient | undefined => known[visit]

/** Reads it anew: allergies may have been told a minute ago. */
export async function readPatient(visit: string): Promise<VisitPatient> {
  const got = await api.get('/v1/consultations/{id}/patient', { path: { id: visit } })
  known[visit] = got
  return got
}

/** For a list: those not known yet, one after the other; a failure leaves the line without a name. */
export async function readPatients(visits: string[]): Promise<void> {
  for (const visit of visits) if (!known[visit]) await readPatient(visit).catch(() => undefined)
}

export const allergyWords = (p: VisitPatient) => (p.health.allergies ?? []).map((a) => a.text || a.allergen).join('、')

/** Nothing of one doctor's patients stays for the next person on this device. */
export function forgetPatients(): void {
  for (const visit of Object.keys(known)) delete known[visit]
}
