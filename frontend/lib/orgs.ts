// Names of the member organisations, asked for once.
import { reactive } from 'vue'
import { api } from './api'

const names = reactive<Record<string, string>>({})
let asked: Promise<void> | undefined

/** The organisation's name as soon as it is known, its id before. */
export function orgName(id: string): string {
  asked ??= api.get('/v1/chain/members').then(
    (list) => list.members?.forEach((m) => (names[m.id] = m.name)),
    () => (asked = undefined),
  )
  return names[id] ?? id
}
