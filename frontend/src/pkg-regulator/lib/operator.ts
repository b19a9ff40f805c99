// The operator of a regulator's node (监管方工作人员). The node has no accounts; its staff have a token,
// which stays in this page's memory: it is gone with the page, and when anybody logs in or out.
import { computed, ref, watch } from 'vue'
import { Refused, api } from '@/lib/api'
import { session } from '@/lib/session'

type Operator = ReturnType<typeof api.operator>

const token = ref('')

/** Whether a token that the node took is here. */
export const entered = computed(() => token.value !== '')

export function leave(): void {
  token.value = ''
}
watch(session, leave)

const isWrong = (e: unknown) => e instanceof Refused && e.code === 'unauthenticated'

/** Tries a token; false when the node does not know it. */
export async function enter(typed: string): Promise<boolean> {
  const text = typed.trim()
  if (!/^[\x21-\x7e]+$/.test(text)) return false // no header can carry it
  try {
    await api.operator(text).get('/v1/oversight')
  } catch (e) {
    if (isWrong(e)) return false
    throw e
  }
  token.value = text
  return true
}

/**
 * Asks with the token. One that the node does not take any more is forgotten, and the person is
 * asked again.
 */
export async function asOperator<T>(ask: (as: Operator) => Promise<T>): Promise<T> {
  try {
    return await ask(api.operator(token.value))
  } catch (e) {
    if (isWrong(e)) leave()
    throw e
  }
}
