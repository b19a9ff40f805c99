// What a table of the desk is made of, and what of it is kept for the session: columns, order and
// filter, also as views with a name.
import { useList, type List, type Slice } from '@/lib/list'
import { TABLES, own } from '@/lib/session'

export interface Column<T> {
  key: string
  title: string
  /** What is shown, sorted, filtered and exported. */
  value: (row: T) => string | number
  /** How it is shown, when that differs. */
  words?: (row: T) => string
  number?: boolean
  /**
   * What the server calls this column when a list that has more than one page is put in its order;
   * absent: it cannot be.
   */
  by?: string
  /** Not shown until chosen. */
  extra?: boolean
  tone?: (row: T) => string
}

/** What rows may be had alone: one of some values. */
export interface Choice<T> {
  /** The server's parameter. */
  param: string
  title: string
  options: { value: string; title: string }[]
  /** Which of them a row has, where all rows are here. */
  of: (row: T) => string
}

/** What the server filters a list by that has more than one page. Absent: nothing. */
export interface Asks<T> {
  /** The parameter that takes what is typed, and what that is compared with, for the reader. */
  words?: { param: string; title: string }
  choices?: Choice<T>[]
}

/** By name of the server's parameter. */
export type Asked = Record<string, string>

/** A list that the server filters and orders: what is asked of it goes along with every page. */
export function useAsked<T>(fetch: (asked: Asked, from?: string) => Promise<Slice<T>>): {
  list: List<T>
  ask: (to: Asked) => void
} {
  let asked: Asked = {}
  const list = useList<T>((from) => fetch(asked, from))
  // A file holds the answer to one question, whatever is asked while it is read.
  list.all = (most) => {
    const now = asked
    return useList<T>((from) => fetch(now, from)).all(most)
  }
  return {
    list,
    ask: (to) => {
      asked = to
      list.items.length = 0 // they answer another question
      void list.refresh()
    },
  }
}

export interface View {
  columns: string[]
  sort?: { key: string; down: boolean }
  filter: string
  /** Values of the choices, by parameter. */
  chosen?: Asked
}

interface Kept {
  now?: View
  views: Record<string, View>
}

/** Of one table. */
export const MOST_VIEWS = 20
const slot = (name: string) => TABLES + name

function isView(v: unknown): v is View {
  const x = v as View
  const chosen = Object.values((typeof x === 'object' && x?.chosen) || {})
  return (
    typeof x === 'object' &&
    x !== null &&
    chosen.every((c) => typeof c === 'string') &&
    Array.isArray(x.columns) &&
    x.columns.every((c) => typeof c === 'string') &&
    typeof x.filter === 'string'
  )
}

export function keptViews(name: string): Kept {
  try {
    const k = JSON.parse(own.read(slot(name))) as Kept
    return {
      now: isView(k.now) ? k.now : undefined,
      views: Object.fromEntries(Object.entries(k.views ?? {}).filter(([, v]) => isView(v))),
    }
  } catch {
    return { views: {} } // none was kept
  }
}

export function keepViews(name: string, kept: Kept): void {
  if (!kept.now && !Object.keys(kept.views).length) return own.remove(slot(name))
  const views = Object.fromEntries(Object.entries(kept.views).slice(-MOST_VIEWS))
  try {
    own.write(slot(name), JSON.stringify({ now: kept.now, views }))
  } catch {
    // the device is full: the table begins as usual the next time
  }
}

/** What of a view the server is asked. */
export function askedOf<T>(columns: readonly Column<T>[], asks: Asks<T>, view: View): Asked {
  const by = columns.find((c) => c.key === view.sort?.key)?.by
  const words = view.filter.normalize('NFKC').trim()
  const chosen = (asks.choices ?? []).map((c) => [c.param, view.chosen?.[c.param] ?? ''])
  return {
    ...(by ? { sort: `${view.sort!.down ? '-' : ''}${by}` } : {}),
    ...(asks.words && words ? { [asks.words.param]: words } : {}),
    ...Object.fromEntries(chosen.filter(([, value]) => value)),
  }
}

/**
 * The rows that a filter leaves, in their order. Words apart: each must be somewhere in a shown
 * column.
 */
export function arrange<T>(
  all: readonly T[],
  columns: readonly Column<T>[],
  view: View,
  choices: readonly Choice<T>[] = [],
): T[] {
  const rows = all.filter((r) => choices.every((c) => !view.chosen?.[c.param] || c.of(r) === view.chosen[c.param]))
  const words = view.filter.normalize('NFKC').toLowerCase().split(/\s+/).filter(Boolean)
  const text = (r: T) =>
    columns
      .map((c) => `${c.words?.(r) ?? ''} ${c.value(r)}`)
      .join(' ')
      .normalize('NFKC')
      .toLowerCase()
  const left = words.length ? rows.filter((r) => words.every((w) => text(r).includes(w))) : [...rows]
  const by = columns.find((c) => c.key === view.sort?.key)
  if (!by) return left
  const way = view.sort!.down ? -1 : 1
  return left.sort((a, b) => {
    const [x, y] = [by.value(a), by.value(b)]
    return way * (typeof x === 'number' && typeof y === 'number' ? x - y : String(x).localeCompare(String(y), 'zh'))
  })
}
