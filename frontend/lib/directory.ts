// Who is who: doctors and departments as the public register names them, asked once per visit of
// the app.
import { shallowRef } from 'vue'
import { api, type Schema } from './api'
import { isChinese, pick, tMaybe } from './i18n'

export type Doctor = Schema<'PractitionersCard'>
export type Department = Schema<'PractitionersDepartment'>

const doctors = new Map<string, Doctor>()
const departments = shallowRef<Department[]>([])

export type Language = 'zh' | 'yue' | 'en' | 'ug' | 'bo' | 'mn'

export interface Wanted {
  q?: string
  department?: string
  language?: Language
  online?: boolean
  free?: boolean
  after?: string
  limit?: number
}

/**
 * One page of the doctors that the server finds; `departments` are the codes of those that the word
 * names or leads to.
 */
export async function findDoctors(wanted: Wanted) {
  const { q: word, online, free, limit = 50, ...rest } = wanted
  const filter = { ...rest, limit, online: online || undefined, free: free || undefined }
  // A word may be a disease: it stays out of the address.
  const found = word
    ? await api.post('/v1/doctors/search', { body: { word, ...filter } })
    : await api.get('/v1/doctors', { query: filter })
  for (const d of found.doctors ?? []) doctors.set(d.person, d)
  return { doctors: found.doctors ?? [], next: found.next, total: found.total, departments: found.departments ?? [] }
}

/** A doctor's card. Throws when the register does not have it any more. */
export async function doctorOf(person: string): Promise<Doctor> {
  const known = doctors.get(person) ?? (await api.get('/v1/doctors/{person}', { path: { person } }))
  doctors.set(person, known)
  return known
}

/**
 * The card as it is at this moment: whether the doctor is online changes by the minute. Throws as
 * doctorOf.
 */
export async function doctorNow(person: string): Promise<Doctor> {
  doctors.delete(person)
  return doctorOf(person)
}

/**
 * Names of doctors by person. Whoever the register does not have any more is left out: what was
 * done stays to be told of.
 */
export async function doctorNames(people: string[]): Promise<Record<string, string>> {
  const cards = await Promise.all([...new Set(people)].map((person) => doctorOf(person).catch(() => undefined)))
  return Object.fromEntries(cards.flatMap((c) => (c ? [[c.person, c.name]] : [])))
}

export async function allDepartments(): Promise<Department[]> {
  if (departments.value.length === 0) departments.value = (await api.get('/v1/departments')).departments ?? []
  return departments.value
}

/** A prescription carries its department's Chinese name as it was printed. */
export const departmentIn = (code: string, zh: string) =>
  isChinese.value ? zh : tMaybe(`admin.department.${code}`, zh)

/**
 * A department of which a list has the Chinese name alone. Until the English one is known, that
 * stands.
 */
export function departmentCalled(zh: string): string {
  if (isChinese.value || zh === '') return zh
  if (departments.value.length === 0) void allDepartments().catch(() => undefined)
  return departments.value.find((d) => d.nameZh === zh)?.nameEn ?? zh
}

export const departmentName = (d: Department) => pick(d.nameZh, d.nameEn)
