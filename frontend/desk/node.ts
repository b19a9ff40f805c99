// Whose server this is: a regulator's own node has figures, findings and accounts of its staff, and
// nothing of a hospital's.
import { ref } from 'vue'
import { api } from '@/lib/api'

export const atRegulator = ref(false)

/**
 * So long the first page waits for the answer, in ms: while the server is away it is asked for much
 * longer.
 */
const PATIENCE = 3000

/**
 * Before the first page. Where there is no answer yet, it is taken for a hospital: its pages say
 * what is the matter.
 */
export function askWhose(): Promise<void> {
  const asked = api.get('/v1/chain').then((s) => void (atRegulator.value = s.oversight), () => undefined)
  return Promise.race([asked, new Promise<void>((go) => setTimeout(go, PATIENCE))])
}
