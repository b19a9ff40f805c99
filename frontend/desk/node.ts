// Whose server this is: a regulator's own node has figures, findings and accounts of its staff, and nothing of a hospital's.
import { ref } from 'vue'
import { api } from '@/lib/api'

export const atRegulator = ref(false)

/** Before the first page. Where there is no answer yet, it is taken for a hospital: its pages say what is the matter. */
export const askWhose = () => api.get('/v1/chain').then((s) => void (atRegulator.value = s.oversight), () => undefined)
