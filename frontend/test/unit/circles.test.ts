// No file of ours needs itself by way of others: what is imported for its types alone counts as
// well.
import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'

const folders = ['lib', 'src', 'desk', 'worker']

/** The file that an import names; undefined when it is none of ours. */
function named(from: string, name: string): string | undefined {
  const base = name.startsWith('@/lib/')
    ? name.slice(2)
    : name.startsWith('@/')
      ? `src/${name.slice(2)}`
      : name.startsWith('.')
        ? join(dirname(from), name)
        : undefined
  return base && [base, `${base}.ts`, `${base}/index.ts`].find((f) => /\.(ts|vue)$/.test(f) && existsSync(f))
}

/** What a source imports when it is loaded; what it fetches later (`import()`) is not of these. */
const importsOf = (source: string) =>
  [...source.matchAll(/^\s*(?:import|export)\s+(?:[^'";]*?\sfrom\s+)?['"]([^'"]+)['"]/gm)].map((m) => m[1]!)

/** The first circle on the way from some files; undefined: there is none. */
function circle(files: string[], next: (file: string) => string[]): string[] | undefined {
  const done = new Set<string>()
  const way: string[] = []
  function visit(file: string): string[] | undefined {
    if (way.includes(file)) return [...way.slice(way.indexOf(file)), file]
    if (done.has(file)) return undefined
    way.push(file)
    for (const f of next(file)) {
      const found = visit(f)
      if (found) return found
    }
    way.pop()
    done.add(file)
    return undefined
  }
  for (const file of files) {
    const found = visit(file)
    if (found) return found
  }
  return undefined
}

describe('imports', () => {
  it('go in no circle', () => {
    const files = folders.flatMap((folder) =>
      readdirSync(folder, { recursive: true, encoding: 'utf8' })
        .filter((f) => /\.(ts|vue)$/.test(f))
        .map((f) => join(folder, f)),
    )
    const arrows = new Map(
      files.map((f) => [f, importsOf(readFileSync(f, 'utf8')).flatMap((name) => named(f, name) ?? [])]),
    )
    // They are read at all.
    expect(arrows.get('lib/receipt.ts')).toEqual(expect.arrayContaining(['lib/history.ts', 'lib/reason.ts']))
    expect([...arrows.values()].flat().length).toBeGreaterThan(1000)
    expect(circle(files, (f) => arrows.get(f) ?? [])).toBeUndefined()
  })

  it('are found when they do', () => {
    const arrows: Record<string, string[]> = { a: ['b', 'd'], b: ['c'], c: ['b'], d: [] }
    expect(circle(['d', 'a'], (f) => arrows[f]!)).toEqual(['b', 'c', 'b'])
  })
})
