// One thing from the server with its states, for pages that show one thing.
import { reactive } from 'vue'
import { trouble, type Trouble } from '@/lib/problems'

export interface Once<T> {
  value?: T
  trouble?: Trouble
  load(): Promise<void>
}

export function useOnce<T>(fetch: () => Promise<T>): Once<T> {
  const once: Once<T> = reactive({
    value: undefined,
    trouble: undefined,
    async load() {
      try {
        once.value = await fetch()
        once.trouble = undefined
      } catch (e) {
        once.trouble = trouble(e)
      }
    },
  }) as Once<T>
  return once
}
