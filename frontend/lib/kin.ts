// Whose records the person opens besides the own: children, and adults who let the person in
// (家人代办).
import { shallowRef } from 'vue'
import { api } from './api'
import { session } from './session'

export interface Kin {
  person: string
  name: string
  /** Guardians act for a child; an adult says how far a relative goes. */
  child: boolean
  acts: boolean
}

const known = shallowRef<{ of: string; list: Kin[] }>({ of: '', list: [] })

const mine = () => session.value?.account.person ?? ''

/** Those known now, of the person who is logged in. */
export const kin = (): Kin[] => (known.value.of === mine() ? known.value.list : [])

/** Asks anew; what was known stays where the server does not answer. */
export async function lookKin(): Promise<void> {
  const of = mine()
  if (session.value?.account.role !== 'patient') return
  try {
    const [{ family }, { others }] = await Promise.all([api.get('/v1/patients/me/family'), api.get('/v1/relatives')])
    const children = (family ?? []).map((c) => ({ person: c.person, name: c.name ?? '', child: true, acts: true }))
    const adults = (others ?? []).flatMap((v) =>
      v.state === 'confirmed' && v.person ? [{ person: v.person, name: v.name ?? '', child: false, acts: v.acts }] : [],
    )
    known.value = { of, list: [...children, ...adults] }
  } catch {
    // the banner is the server's business as well: it refuses what is not allowed
  }
}

export const kinOf = (person?: string): Kin | undefined => kin().find((k) => k.person === person)

/** Whether the person does things for a patient. Of whom nothing is known, the server decides. */
export const mayAct = (person?: string): boolean => kinOf(person)?.acts ?? true
