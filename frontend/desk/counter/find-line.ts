// Which line of a prescription a scanned trace code belongs to.
import { traceFault, type Item, type TraceFault } from '@/lib/counter'

export type Found = { line: number } | { fault: TraceFault }

/**
 * Twenty digits begin with their drug's own seven. Codes with letters and GS1's do not say which
 * drug it is: they go to the marked line, else to the first one that lacks a package. The server
 * judges each again.
 */
export function findLine(code: string, items: readonly Item[], codes: string[][], marked?: number): Found {
  const own = /^\d{20}$/.test(code)
  const order =
    own || marked === undefined
      ? items.map((_, i) => i)
      : [marked, ...items.map((_, i) => i).filter((i) => i !== marked)]
  let worst: TraceFault | undefined
  for (const line of order) {
    const fault = traceFault(code, items[line]!, codes[line] ?? [], codes)
    if (!fault) return { line }
    // A line of its own that is full says more than all the lines it is not for.
    if (!worst || worst === 'prefix') worst = fault
  }
  return { fault: worst ?? 'prefix' }
}
