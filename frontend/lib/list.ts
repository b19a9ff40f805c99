// A list from the server with all its states: loading, items, empty, failed, more, end. app-list draws them.
import { reactive } from 'vue'
import { trouble, type Trouble } from './problems'

export interface Slice<T> {
  items: T[] | null
  /** Where to go on; undefined or empty at the end. */
  next?: string
}

export interface List<T> {
  items: T[]
  state: 'idle' | 'loading' | 'more' | 'ready' | 'end' | 'failed'
  trouble?: Trouble
  /** The items are those of an earlier answer: the last refresh failed. */
  stale: boolean
  /** Does again what failed. */
  retry(): Promise<void>
  /** From the beginning; what is shown stays until the answer is here, so nothing jumps. */
  refresh(): Promise<void>
  more(): Promise<void>
}

export function useList<T>(fetch: (from?: string) => Promise<Slice<T>>): List<T> {
  let next: string | undefined
  let asked = 0
  let failedFrom: string | undefined
  const load = async (from?: string) => {
    const mine = ++asked
    list.state = from === undefined ? 'loading' : 'more'
    try {
      const got = await fetch(from)
      if (mine !== asked) return // a newer question is on its way
      const items = got.items ?? []
      list.items = from === undefined ? items : [...list.items, ...items]
      next = got.next || undefined
      list.state = next ? 'ready' : 'end'
      list.trouble = undefined
      list.stale = false
    } catch (e) {
      if (mine !== asked) return
      list.trouble = trouble(e)
      list.state = 'failed'
      list.stale = from === undefined && list.items.length > 0
      failedFrom = from
    }
  }
  const list = reactive({
    items: [] as T[],
    state: 'idle',
    trouble: undefined,
    stale: false,
    refresh: () => load(),
    retry: () => load(failedFrom),
    more: async () => {
      if ((list.state === 'ready' || (list.state === 'failed' && !list.stale)) && next) await load(next)
    },
  }) as List<T>
  return list
}
