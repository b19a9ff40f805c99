// The time, as waiting times are drawn with it.
import { onScopeDispose, ref, type Ref } from 'vue'

const STEP = 20_000

export function useNow(): Ref<number> {
  const now = ref(Date.now())
  const timer = setInterval(() => (now.value = Date.now()), STEP)
  onScopeDispose(() => clearInterval(timer))
  return now
}
