// I-JSON (RFC 7493): what JSON's grammar allows and two readers may take for different things is
// refused, as in Go (chain/canonical/strict.go). Takes texts apart without reading what is in them,
// so that every part stays as it came, byte for byte.
import { compact } from './canonical'

/** How deep objects and lists may be nested. */
const MAX_DEPTH = 64

const string = /"(?:[^"\\]|\\.)*"/y

/** Whether a string has half of a surrogate pair. */
export const isHalved = (text: string) => /[\ud800-\udfff]/u.test(text)

/** Bytes of a text in UTF-8. */
export function byteLength(text: string): number {
  let length = 0
  for (let i = 0; i < text.length; i++) {
    const c = text.charCodeAt(i)
    length += c < 0x80 ? 1 : c < 0x800 ? 2 : c >= 0xd800 && c < 0xe000 ? 2 : 3 // two halves of a pair are four bytes
  }
  return length
}

/** The text without spaces between tokens; undefined when it is no I-JSON. */
export function tidy(text: string): string | undefined {
  const packed = compact(text)
  try {
    JSON.parse(packed)
  } catch {
    return undefined
  }
  return isExact(packed) ? packed : undefined
}

/**
 * No name twice in one object, no half of a surrogate pair, not nested too deep. The grammar is
 * known to hold.
 */
function isExact(packed: string): boolean {
  const open: (Set<string> | undefined)[] = []
  for (let i = 0; i < packed.length; i++) {
    const c = packed[i]
    if (c === '{') open.push(new Set())
    else if (c === '[') open.push(undefined)
    else if (c === '}' || c === ']') open.pop()
    else if (c === '"') {
      const text = stringAt(packed, i)
      i += text.length - 1
      const value = text.includes('\\') ? (JSON.parse(text) as string) : text.slice(1, -1)
      if (isHalved(value)) return false
      if (packed[i + 1] !== ':') continue
      const names = open[open.length - 1]!
      if (names.has(value)) return false
      names.add(value)
    }
    if (open.length > MAX_DEPTH) return false
  }
  return true
}

/** The JSON string that stands at a place, quotes included. */
function stringAt(packed: string, at: number): string {
  string.lastIndex = at
  return string.exec(packed)![0]
}

/** Elements of a list without spaces, as they came; undefined when it is none. */
export function elements(packed: string): string[] | undefined {
  return packed.startsWith('[') ? pieces(packed) : undefined
}

/** Members of an object without spaces, as they came; undefined when it is none. */
export function members(packed: string): Map<string, string> | undefined {
  if (!packed.startsWith('{')) return undefined
  return new Map(
    pieces(packed).map((piece) => {
      const name = stringAt(piece, 0)
      return [JSON.parse(name) as string, piece.slice(name.length + 1)]
    }),
  )
}

/** What stands between the commas of the outermost object or list. */
function pieces(packed: string): string[] {
  const out: string[] = []
  let [depth, start] = [0, 1]
  for (let i = 0; i < packed.length; i++) {
    const c = packed[i]!
    if (c === '"') i += stringAt(packed, i).length - 1
    else if (c === '{' || c === '[') depth++
    else if (c === '}' || c === ']') depth--
    else if (c === ',' && depth === 1) {
      out.push(packed.slice(start, i))
      start = i + 1
    }
  }
  const last = packed.slice(start, -1)
  return last === '' ? out : [...out, last]
}
