// A doctor's sign of life while a page of ours is open: patients see who answers now.
import { ref } from 'vue'
import { api } from './api'
import { session } from './session'

/** The server believes a sign of life for ninety seconds. */
const BEAT = 40_000

export const online = ref(false)
let timer: ReturnType<typeof setInterval> | undefined

async function beat(): Promise<void> {
  if (session.value?.account.role !== 'doctor') {
    if (timer) clearInterval(timer)
    timer = undefined
    online.value = false
    return
  }
  await api.put('/v1/practitioners/me/presence', { body: { online: online.value } })
}

/** Says it at once, and goes on saying it while online. Throws when the server did not take it. */
export async function setOnline(on: boolean): Promise<void> {
  const before = online.value
  online.value = on
  try {
    await beat()
  } catch (e) {
    online.value = before
    throw e
  }
  if (timer) clearInterval(timer)
  // A lost beat is no failure to tell: the next one follows within the ninety seconds.
  timer = on ? setInterval(() => void beat().catch(() => undefined), BEAT) : undefined
}
