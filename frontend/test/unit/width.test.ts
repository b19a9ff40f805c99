// Lines are narrow: comments at most 100 columns, code at most 120, a tab counted as four. Of Go
// the linter and cmd/hospital/rooms_test.go hold the same.
import { readFileSync, readdirSync } from 'node:fs'
import { describe, expect, it } from 'vitest'

const COMMENT = 100
const CODE = 120
const folders = ['src', 'desk', 'lib', 'worker', 'e2e', 'build', 'test']
/** Written by build/api-types.mjs and by go test ./chain/contract -update. */
const generated = ['lib/openapi.d.ts', 'lib/contract.ts', 'lib/steps.ts']
const written = /\.([mc]?[jt]s|vue|s?css|html)$/

const columns = (line: string) => [...line.replaceAll('\t', '    ')].length

/**
 * What stays in one piece, so that it can be searched for: a string, a template that only names
 * values, a pattern, an address.
 */
const pieces = [
  String.raw`'(?:[^'\\]|\\.)+'`,
  String.raw`"(?:[^"\\]|\\.)+"`,
  '`(?:[^`\\\\$]|\\\\.|\\$(?!\\{)|\\$\\{[\\w.[\\]]+\\})+`',
  String.raw`/(?!\*)(?:[^/\\[]|\\.|\[(?:[^\]\\]|\\.)*\])+/[a-z]*`,
  String.raw`https?://\S+`,
]
/** A line of one such piece: before it at most a name, behind it only what closes. */
const onePiece = new RegExp(
  String.raw`^\s*(?:(?:const )?(?:\w+|'[^']+')(?: =|:) |// | \* )?(?:${pieces.join('|')})[\])},;]*$`,
)

/** The lines of a source that are too wide: "line: columns". */
function wide(source: string): string[] {
  const found: string[] = []
  /** What ends the comment that a line is in. */
  let end: string | undefined
  source.split('\n').forEach((line, i) => {
    const [begun] = end ? [] : (/^\s*(\/\*|<!--)/.exec(line) ?? [])
    if (begun) end = begun.endsWith('/*') ? '*/' : '-->'
    const most = end || /^\s*\/\//.test(line) ? COMMENT : CODE
    if (end && line.slice(begun?.length ?? 0).includes(end)) end = undefined
    if (columns(line) > most && !onePiece.test(line)) found.push(`${i + 1}: ${columns(line)}`)
  })
  return found
}

describe('lines', () => {
  it('are narrow', () => {
    const files = [
      ...readdirSync('.'),
      ...folders.flatMap((folder) =>
        readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((f) => `${folder}/${f}`),
      ),
    ].filter((f) => written.test(f) && !f.startsWith('e2e/out/') && !generated.includes(f))
    expect(files.length).toBeGreaterThan(400)
    for (const kind of ['.ts', '.mjs', '.vue', '.css', '.html']) expect(files.some((f) => f.endsWith(kind))).toBe(true)
    expect(files.flatMap((f) => wide(readFileSync(f, 'utf8')).map((at) => `${f}:${at}`))).toEqual([])
  })

  it.each([
    ['code', `  f(${'1, '.repeat(40)})`, ['1: 125']],
    ['code that fits', `  f(${'1, '.repeat(38)}1)`, []],
    ['tabs', `\t\tf(${'1, '.repeat(37)}1)`, ['1: 123']],
    ['Chinese', `f(${'宽'.repeat(118)})`, ['1: 121']],
    ['a comment', `  // ${'word '.repeat(20)}`, ['1: 105']],
    ['a comment in stars', `  /** ${'word '.repeat(20)}*/`, ['1: 108']],
    ['a block of comments', `/*\n  ${'word '.repeat(20)}\n*/\n${'f();'.repeat(26)}`, ['2: 102']],
    ['a comment of a template', `<!--\n  ${'word '.repeat(20)}\n-->\n${'<br>'.repeat(26)}`, ['2: 102']],
    ['a comment behind code', `f() /* ${'word '.repeat(23)}*/`, ['1: 124']],
    ['one text', `  text: '${'word '.repeat(30)}',`, []],
    ['one template', `  \`${'word '.repeat(30)}\${it.name}\`)`, []],
    ['one pattern', `  /${'[/]word|'.repeat(20)}/i,`, []],
    ['an address', `// https://example.com/${'word'.repeat(30)}`, []],
    ['an address among words', `// see https://example.com/${'word'.repeat(30)}`, ['1: 147']],
    ['a text behind code', `  f(x, '${'word '.repeat(30)}')`, ['1: 160']],
    ['a template that asks', `  \`${'word '.repeat(30)}\${f(x)}\``, ['1: 161']],
    ['two texts', `  '${'word '.repeat(15)}', '${'word '.repeat(15)}'`, ['1: 158']],
  ])('of %s', (_, source, found) => expect(wide(source)).toEqual(found))
})
