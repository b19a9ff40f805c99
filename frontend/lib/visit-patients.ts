// The patients of a doctor's visits: names and allergies beside the work list, each read once while
// the app is open.
import { reactive, watch } from 'vue'
import { api, type Schema } from './api'
import { comma } from './i18n'
import { session } from './session'

export type VisitPatient = Schema<'VisitPatient'>

const known = reactive<Record<string, VisitPatient | undefined>>({})

/** What is known now; undefined while it is on its way. */
export const patientOf = (visit: string): VisitPatient | undefined => known[visit]

/** Reads it anew: allergies may have been told a minute ago. */
export async function readPatient(visit: string): Promise<VisitPatient> {
  const asker = session.value?.account.person
  const got = await api.get('/v1/consultations/{id}/patient', { path: { id: visit } })
  if (asker === session.value?.account.person) known[visit] = got
  return got
}

/**
 * For a list: those not known yet, one after the other; a failure leaves the line without a name.
 */
export async function readPatients(visits: string[]): Promise<void> {
  for (const visit of visits) if (!known[visit]) await readPatient(visit).catch(() => undefined)
}

export const allergyWords = (p: VisitPatient) =>
  (p.health.allergies ?? []).map((a) => a.text || a.allergen).join(comma())

/** Nothing of one doctor's patients stays for the next person on this device. */
export function forgetPatients(): void {
  for (const visit of Object.keys(known)) delete known[visit]
}

/** However the session ended: by log-out, by the server, or by somebody else's log-in. */
watch(() => session.value?.account.person, forgetPatients, { flush: 'sync' })
