// The rules of names, texts and codes, as the server has them (chain/platform/text): both are held
// to the same file of cases, chain/platform/text/testdata/vectors.json. What passes here is what
// the server will keep, so that a person sees it before sending.

/**
 * Characters of General_Category Zs and the like that are trimmed: not U+FEFF, which String.trim
 * takes as well.
 */
const SPACE = '[\\t\\n\\v\\f\\r \\u0085\\u00a0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000]'
const EDGES = new RegExp(`^${SPACE}+|${SPACE}+$`, 'g')
const SPACES = new RegExp(`${SPACE}+`, 'g')

const MIDDLE_DOTS = /[•‧∙⋅⸱⸳・･ㆍ．ꞏ]/g
const JOINER = '\u200d'

// Controls, formats (directions, zero widths), private use, lone surrogates, separators of lines,
// noncharacters, the lost character.
const FORBIDDEN = /[\p{Cc}\p{Cf}\p{Co}\p{Cs}\p{Zl}\p{Zp}\p{Noncharacter_Code_Point}\ufffd]/u
const LETTER = /[\p{L}\p{Nl}\u{20000}-\u{2fffd}\u{30000}-\u{3fffd}]/u
const IGNORABLE = /[\u2800\u034f\p{Default_Ignorable_Code_Point}]/u
const IN_NAME = /[\p{Nd}· '’\-.,()（）]/u
const MARK = /\p{M}/u
const PICTURE = /[\p{So}\p{Sk}\ufe0f]/u
const VISIBLE = /[\p{L}\p{N}\p{P}\p{S}]/u

/** One road for all: NFC, trimmed, nothing that hides; undefined when it may not be written. */
function plain(s: string): string | undefined {
  const text = s.normalize('NFC').replace(EDGES, '')
  let before = ''
  for (const c of text) {
    if (FORBIDDEN.test(c) && c !== '\n' && c !== '\t' && !(c === JOINER && PICTURE.test(before))) return undefined
    before = c
  }
  return text
}

/** A person's name in the form in which it is kept; undefined when it is none. */
export function nameOf(s: string, max = 50): string | undefined {
  const clean = plain(s)
  if (clean === undefined) return undefined
  const name = clean.replace(SPACES, ' ').replace(MIDDLE_DOTS, '·').replace(/ ·/g, '·').replace(/· /g, '·')
  let letters = 0
  let before = ''
  for (const c of name) {
    if (LETTER.test(c) && !IGNORABLE.test(c)) letters++
    else if (/[\u180b-\u180d\u180f]/.test(c) && /[\u1820-\u18aa]/.test(before)) {
      // a Mongolian letter takes its form from it
    } else if (IGNORABLE.test(c) || !(IN_NAME.test(c) || (MARK.test(c) && before !== ''))) return undefined
    before = c
  }
  return letters > 0 && [...name].length <= max ? name : undefined
}

/**
 * A text of several lines in the form in which it is kept; undefined when it may not be written.
 */
export function textOf(s: string, min: number, max: number): string | undefined {
  const text = plain(s.replace(/\r\n?/g, '\n'))
  if (text === undefined) return undefined
  const length = [...text].length
  const visible = [...text].some((c) => (VISIBLE.test(c) || LETTER.test(c)) && !IGNORABLE.test(c))
  return length >= min && length <= max && (min === 0 || visible) ? text : undefined
}

/** textOf for one line. */
export function lineOf(s: string, min: number, max: number): string | undefined {
  const line = textOf(s, min, max)
  return line === undefined || /[\n\t]/.test(line) ? undefined : line
}

const fold = (s: string) =>
  s
    .normalize('NFKC')
    .toUpperCase()
    .toLowerCase()
    .replace(/ς/g, 'σ')
    .normalize('NFC')
    .replace(MIDDLE_DOTS, '')
    .replace(SPACES, '')
    .replace(/[·.\-'’,()（）●]/g, '')

/** Whether two spellings are of one name: width, case, spaces and dots do not count. */
export const sameName = (a: string, b: string) => fold(a) !== '' && fold(a) === fold(b)

/**
 * The shape of a diagnosis code: WHO's, or the finer one of China's clinical edition, with the mark
 * of a dagger or asterisk code.
 */
const oneICD10 = '[A-Z][0-9]{2}(?:\\.[0-9x]{1,4}(?:x[0-9]{2,3})?)?'
const reICD10 = new RegExp(`^${oneICD10}([+*†]?|[+†]${oneICD10}\\*)$`)

/** Also a pair of cause and manifestation, as chain/platform/text has it. */
export const isICD10 = (s: string) => reICD10.test(s)
