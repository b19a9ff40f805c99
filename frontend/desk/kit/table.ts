// What a table of the desk is made of, and what of it is kept for the session: columns, order and filter, also as views with a name.
import { TABLES, own } from '@/lib/session'

export interface Column<T> {
  key: string
  title: string
  /** What is shown, sorted, filtered and exported. */
  value: (row: T) => string | number
  /** How it is shown, when that differs. */
  words?: (row: T) => string
  number?: boolean
  /** Not shown until chosen. */
  extra?: boolean
  tone?: (row: T) => string
}

export interface View {
  columns: string[]
  sort?: { key: string; down: boolean }
  filter: string
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
  return typeof x === 'object' && x !== null && Array.isArray(x.columns) && x.columns.every((c) => typeof c === 'string') && typeof x.filter === 'string'
}

export function keptViews(name: string): Kept {
  try {
    const k = JSON.parse(own.read(slot(name))) as Kept
    return { now: isView(k.now) ? k.now : undefined, views: Object.fromEntries(Object.entries(k.views ?? {}).filter(([, v]) => isView(v))) }
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

/** The rows that a filter leaves, in their order. Words apart: each must be somewhere in a shown column. */
export function arrange<T>(rows: readonly T[], columns: readonly Column<T>[], view: View): T[] {
  const words = view.filter.normalize('NFKC').toLowerCase().split(/\s+/).filter(Boolean)
  const text = (r: T) => columns.map((c) => `${c.words?.(r) ?? ''} ${c.value(r)}`).join(' ').normalize('NFKC').toLowerCase()
  const left = words.length ? rows.filter((r) => words.every((w) => text(r).includes(w))) : [...rows]
  const by = columns.find((c) => c.key === view.sort?.key)
  if (!by) return left
  const way = view.sort!.down ? -1 : 1
  return left.sort((a, b) => {
    const [x, y] = [by.value(a), by.value(b)]
    return way * (typeof x === 'number' && typeof y === 'number' ? x - y : String(x).localeCompare(String(y), 'zh'))
  })
}
