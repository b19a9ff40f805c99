// Chat messages the server has not acknowledged, kept on the device per person and consultation:
// they outlive the page, the app and a session that ended by itself. Only a person's own chat reads
// them, so nobody else on the phone sends them; at log-out the person says what becomes of them
// (lib/leave).
import * as storage from '@/platform/storage'

export interface Unsent {
  clientId: string
  kind: 'text' | 'image'
  text?: string
  file?: string
  /** Problem code when the server refused it; it is not tried again by itself. */
  refused?: string
}

const shelf = (person: string) => `chat/${person}/`

export function unsentIn(person: string, consultation: string): Unsent[] {
  try {
    return JSON.parse(storage.read(shelf(person) + consultation)) as Unsent[]
  } catch {
    return [] // nothing was left unsent
  }
}

/** Throws when the device's storage is full. */
export function keepUnsent(person: string, consultation: string, list: Unsent[]): void {
  const slot = shelf(person) + consultation
  if (list.length === 0) storage.remove(slot)
  else storage.write(slot, JSON.stringify(list))
}

/** How many messages of the person wait, by consultation. */
export function unsentOf(person: string): Record<string, number> {
  const slots = storage.keys(shelf(person)).map((key) => key.slice(shelf(person).length))
  return Object.fromEntries(slots.map((consultation) => [consultation, unsentIn(person, consultation).length]))
}

export function dropUnsent(person: string): void {
  for (const key of storage.keys(shelf(person))) storage.remove(key)
}
