// Characters that turn the order of a text round (U+202E and the like). The server takes none of
// them from its own people; what came from elsewhere or before that rule is shown with marks in
// their place, and nobody signs it.

const BIDI = /\p{Bidi_Control}/gu
/** One of them in a JSON text, as it is or escaped. */
const HIDDEN = /\p{Bidi_Control}|\\u(061c|200[ef]|202[a-e]|206[6-9])/iu
/**
 * Texts of their own that must stay as they came: what is signed, and its record. They are shown by
 * way of markedIn.
 */
const EXACT = new Set(['document', 'statement'])

/** Whether a text is read in another order than it is written: nobody signs that. */
export const isDirectional = (s: string) => s.search(BIDI) >= 0

/** A text as it is shown: what would turn its order round stands as a mark. */
export const marked = (s: string) =>
  s.replace(BIDI, (c) => `[U+${c.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')}]`)

/** The same for every text within. */
export function markedIn<T>(x: T): T {
  if (typeof x === 'string') return marked(x) as T
  if (Array.isArray(x)) return x.map(markedIn) as T
  return x && typeof x === 'object' ? (Object.fromEntries(Object.entries(x).map(([k, v]) => [k, markedIn(v)])) as T) : x
}

/**
 * What the server sent, with marks in it where somebody's words need them. Throws a SyntaxError for
 * what is no JSON.
 */
export function parsed<T>(text: string): T {
  if (!HIDDEN.test(text)) return JSON.parse(text) as T
  return JSON.parse(text, (key, value: unknown) =>
    typeof value === 'string' && !EXACT.has(key) ? marked(value) : value,
  ) as T
}
