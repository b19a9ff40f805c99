// The first page's words are there from the start: every key in what the log-in page is made of
// belongs to an area of src/words/index.ts.
import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { areas } from '@/words'

const every = [...new Set(readdirSync('src/words').filter((f) => f.endsWith('.json')).map((f) => f.split('.')[0]!))]

/** The file that an import names, when it is one of ours with words in it. */
function named(from: string, name: string): string | undefined {
  const base = name.startsWith('@/lib/')
    ? `lib/${name.slice(6)}`
    : name.startsWith('@/')
      ? `src/${name.slice(2)}`
      : name.startsWith('.')
        ? join(dirname(from), name)
        : ''
  return [base, `${base}.ts`].find((f) => /\.(ts|vue)$/.test(f) && existsSync(f))
}

function words(file: string, seen = new Map<string, string>(), been = new Set<string>()): Map<string, string> {
  if (been.has(file)) return seen
  been.add(file)
  const source = readFileSync(file, 'utf8')
  for (const [, area, key] of source.matchAll(/['"`](\w+)(\.[\w.$-]+)/g))
    if (every.includes(area!)) seen.set(`${area}${key}`, file)
  for (const [, name] of source.matchAll(/^import (?!type)[^'"()]*?['"]([^'"]+)['"]/gm)) {
    const next = named(file, name!)
    if (next) words(next, seen, been)
  }
  return seen
}

describe('the first page', () => {
  it('finds all its words at once', () => {
    const used = words('src/pages/login/login.vue', words('src/App.vue'))
    expect(used.size).toBeGreaterThan(30)
    expect([...used].filter(([key]) => !(key.split('.')[0]! in areas))).toEqual([])
  })
})
