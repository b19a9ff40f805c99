// A doctor's sign of life while a page of ours is open: patients see who answers now.
import { computed, ref } from 'vue'
import { api } from './api'
import { session } from './session'

/** The server believes a sign of life for ninety seconds. */
const BEAT = 40_000

export type Presence = 'online' | 'busy' | 'offline'

export const presence = ref<Presence>('offline')
/** At work, busy or not. */
export const online = computed(() => presence.value !== 'offline')
let timer: ReturnType<typeof setInterval> | undefined

async function beat(): Promise<void> {
  if (session.value?.account.role !== 'doctor') {
    if (timer) clearInterval(timer)
    timer = undefined
    presence.value = 'offline'
    return
  }
  await api.put('/v1/practitioners/me/presence', { body: { online: online.value, busy: presence.value === 'busy' } })
}

/** Says it at once, and goes on saying it while at work. Throws when the server did not take it. */
export async function setPresence(to: Presence): Promise<void> {
  const before = presence.value
  presence.value = to
  try {
    await beat()
  } catch (e) {
    presence.value = before
    throw e
  }
  if (timer) clearInterval(timer)
  // A lost beat is no failure to tell: the next one follows within the ninety seconds.
  timer = online.value ? setInterval(() => void beat().catch(() => undefined), BEAT) : undefined
}
