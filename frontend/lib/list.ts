// A list from the server with all its states: loading, items, empty, failed, more, end. app-list
// draws them.
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
  /**
   * From the beginning, and as far as is shown; that stays until the answers are here, so nothing
   * jumps and nothing shrinks.
   */
  refresh(): Promise<void>
  more(): Promise<void>
  /**
   * All items from the beginning, beside those that are shown, which stay; at most so many, and
   * whether that is all of them. It throws what went wrong.
   */
  all(most: number): Promise<{ items: T[]; whole: boolean }>
}

export function useList<T>(fetch: (from?: string) => Promise<Slice<T>>): List<T> {
  let next: string | undefined
  let asked = 0
  let failedFrom: string | undefined
  const load = async (from?: string) => {
    const mine = ++asked
    const shown = list.items.length
    list.state = from === undefined ? 'loading' : 'more'
    try {
      const items: T[] = from === undefined ? [] : [...list.items]
      let at = from
      do {
        const got = await fetch(at)
        if (mine !== asked) return // a newer question is on its way
        items.push(...(got.items ?? []))
        at = got.next || undefined
      } while (at && from === undefined && items.length < shown)
      list.items = items
      next = at
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
    all: async (most: number) => {
      const items: T[] = []
      let at: string | undefined
      do {
        const got = await fetch(at)
        items.push(...(got.items ?? []))
        at = got.next || undefined
      } while (at && items.length < most)
      return { items: items.slice(0, most), whole: !at && items.length <= most }
    },
  }) as List<T>
  return list
}
