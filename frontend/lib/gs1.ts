// What a package's GS1 symbol says of its lot: (10) the lot, (17) the last day of use. The server
// reads the same and judges again.

export interface Batch {
  lot: string
  /** YYYY-MM-DD; empty when the code names none. */
  expires: string
}

const SEPARATOR = '\x1d'
const SYMBOLOGY = /^\](C1|d2|e0|Q3|J1)/
const fixed: Record<string, number> = { '01': 14, '11': 6, '13': 6, '15': 6, '17': 6 }

function bracketed(text: string): Record<string, string> {
  return Object.fromEntries([...text.matchAll(/\((\d{2,4})\)([^()]*)/g)].map((m) => [m[1], m[2]!.trim()]))
}

function elements(text: string): Record<string, string> {
  const found: Record<string, string> = {}
  for (let rest = text; rest; ) {
    const ai = rest.slice(0, 2)
    rest = rest.slice(2)
    const long = fixed[ai]
    if (!long && ai !== '10' && ai !== '21') return {}
    const end = long ?? (rest.includes(SEPARATOR) ? rest.indexOf(SEPARATOR) : rest.length)
    if (rest.length < end) return {}
    found[ai] = rest.slice(0, end)
    rest = rest.slice(end)
    if (rest.startsWith(SEPARATOR)) rest = rest.slice(1)
  }
  return found
}

/** YYMMDD; day 00 is the last of the month, and the century is the nearest one. */
function dayOf(text: string, now: number): string {
  if (!/^\d{6}$/.test(text)) return ''
  const [yy, month, day] = [0, 2, 4].map((at) => Number(text.slice(at, at + 2))) as [number, number, number]
  const year = new Date(now).getUTCFullYear()
  const away = yy - (year % 100)
  const whole = year - (year % 100) + yy + (away >= 51 ? -100 : away <= -50 ? 100 : 0)
  if (month < 1 || month > 12) return ''
  const at = new Date(Date.UTC(whole, day === 0 ? month : month - 1, day))
  return day !== 0 && at.getUTCDate() !== day ? '' : at.toISOString().slice(0, 10)
}

/** Of a scan in half width; nothing of a code without a GTIN. */
export function batchOf(scan: string, now: number): Batch {
  const text = scan.trim().replace(SYMBOLOGY, '').replace(/^\x1d+|\x1d+$/g, '')
  const found = text.startsWith('(') ? bracketed(text) : elements(text)
  if (!/^\d{14}$/.test(found['01'] ?? '')) return { lot: '', expires: '' }
  return { lot: found['10'] ?? '', expires: dayOf(found['17'] ?? '', now) }
}
