// A table as a file for a spreadsheet. No cell of it can start a formula: what a spreadsheet would
// calculate gets an apostrophe before it.

/**
 * What begins a formula in one program or another, also behind what is not seen and in other
 * widths. A negative number is a number.
 */
const FORMULA = /^[\s\p{C}]*[=+\-−@|%]/u
const NUMBER = /^-?\d+(\.\d+)?$/

/** A value as text that no spreadsheet takes for a formula. */
export function harmless(value: unknown): string {
  const text = String(value ?? '')
  return FORMULA.test(text.normalize('NFKC')) && !NUMBER.test(text) ? `'${text}` : text
}

export function csvCell(value: unknown): string {
  const safe = harmless(value)
  return /[",\r\n\t;']/.test(safe) ? `"${safe.replace(/"/g, '""')}"` : safe
}

/** With a byte order mark, so that Excel reads Chinese. */
export const csv = (rows: unknown[][]) => `\ufeff${rows.map((r) => r.map(csvCell).join(',')).join('\r\n')}\r\n`

export function download(name: string, file: string | Blob): void {
  const url = URL.createObjectURL(
    typeof file === 'string' ? new Blob([file], { type: 'text/csv;charset=utf-8' }) : file,
  )
  const a = document.createElement('a')
  a.href = url
  a.download = name
  a.click()
  setTimeout(() => URL.revokeObjectURL(url), 60_000)
}
