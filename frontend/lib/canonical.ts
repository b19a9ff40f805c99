// RFC 8785 canonical JSON, as the chain writes it: members sorted by name, integers only, no
// spaces.

export type JSONValue = string | number | boolean | null | JSONValue[] | { [name: string]: JSONValue }

export function canonical(value: JSONValue): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`
  if (value !== null && typeof value === 'object') {
    const members = Object.keys(value).sort().map((name) => `${JSON.stringify(name)}:${canonical(value[name]!)}`)
    return `{${members.join(',')}}`
  }
  return JSON.stringify(value)
}

/** Takes out the spaces between tokens and leaves strings as they are. */
export function compact(text: string): string {
  return text.replace(/("(?:[^"\\]|\\.)*")|[ \t\n\r]+/g, (_, string: string | undefined) => string ?? '')
}

/**
 * What a value must look like: 'text' (ASCII), 'name' (UTF-8), 'whole' (0 to 2⁵³−1), 'true', a
 * list, or an object; `x?` is left out when empty, zero or false.
 */
export type Shape = 'text' | 'name' | 'whole' | 'true' | [Shape] | { [member: string]: Shape }

const ascii = /^[\x20-\x7e]*$/
const special = /["\\<>&]/

/** Whether a value has exactly the shape. */
export function fits(value: unknown, shape: Shape): boolean {
  if (shape === 'text') return typeof value === 'string' && ascii.test(value) && !special.test(value)
  if (shape === 'name')
    return (
      typeof value === 'string' &&
      !special.test(value) &&
      !/[\u0000-\u001f\u007f]/.test(value) &&
      !/[\ud800-\udfff]/u.test(value)
    )
  if (shape === 'whole') return Number.isSafeInteger(value) && (value as number) >= 0
  if (shape === 'true') return value === true
  if (Array.isArray(shape)) return Array.isArray(value) && value.every((v) => fits(v, shape[0]))
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return false
  const known = new Set(Object.keys(shape).map((m) => m.replace('?', '')))
  return (
    Object.keys(value).every((m) => known.has(m)) &&
    Object.entries(shape).every(([m, s]) => fitsMember(value as Record<string, unknown>, m, s))
  )
}

function fitsMember(object: Record<string, unknown>, member: string, shape: Shape): boolean {
  const optional = member.endsWith('?')
  const name = optional ? member.slice(0, -1) : member
  if (!Object.prototype.hasOwnProperty.call(object, name)) return optional
  const value = object[name]
  const empty = value === '' || value === 0 || (Array.isArray(value) && value.length === 0)
  return fits(value, shape) && !(optional && empty)
}

/** Reads text that is canonical but for spaces and has the shape; undefined for anything else. */
export function parseCanonical<T>(text: string, shape: Shape): T | undefined {
  const packed = compact(text)
  try {
    const value: unknown = JSON.parse(packed)
    return fits(value, shape) && canonical(value as JSONValue) === packed ? (value as T) : undefined
  } catch {
    return undefined
  }
}
