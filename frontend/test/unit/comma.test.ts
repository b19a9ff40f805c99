// Lists are joined in the language that is set: '、' between English words is what the test is
// about.
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { afterEach, expect, test } from 'vitest'
import { comma } from '@/lib/i18n'
import { choose } from '@/lib/settings'

afterEach(() => choose({ language: 'zh-Hans' }))

function files(dir: string): string[] {
  return readdirSync(dir).flatMap((name) => {
    const path = `${dir}/${name}`
    return statSync(path).isDirectory() ? files(path) : /\.(ts|vue)$/.test(name) ? [path] : []
  })
}

/**
 * What may hold the letter itself: the joiner, the field that takes lists as people type them, a
 * signed paper of the gallery, and a device's name for the server.
 */
const own = [
  'lib/i18n.ts',
  'src/pkg-doctor/about/about.vue',
  'src/pkg-gallery/gallery/papers.ts',
  'src/platform/device.ts',
  'desk/platform/device.ts',
]

test('nothing joins a list by itself', () => {
  const found = ['lib', 'src', 'desk'].flatMap(files)
  expect(found.length).toBeGreaterThan(200)
  const bad = found.filter((f) => !own.includes(f)).flatMap((f) => {
    const code = readFileSync(f, 'utf8').replace(/\/\*[^]*?\*\/|<!--[^]*?-->|^\s*\/\/.*$/gm, '')
    return [...code.matchAll(/.*(?:、|join\((['"`])(?:[，；。]|[,;] )).*/g)].map(
      (m) => `${f}: ${m[0].trim().slice(0, 160)}`,
    )
  })
  expect(bad).toEqual([])
})

test('no range is broken at its dash', () => {
  const bad = ['lib', 'src', 'desk']
    .flatMap(files)
    .filter((f) => f !== 'lib/time.ts')
    .filter((f) =>
      readFileSync(f, 'utf8')
        .replace(/\/\*[^]*?\*\/|<!--[^]*?-->|^\s*\/\/.*$/gm, '')
        .includes('–'),
    )
  expect(bad).toEqual([])
})

test('in both languages', () => {
  expect(['阿莫西林', '布洛芬'].join(comma())).toBe('阿莫西林、布洛芬')
  expect(['一', '二'].join(comma('clauses'))).toBe('一，二')
  choose({ language: 'en' })
  expect(['Amoxicillin', 'Ibuprofen'].join(comma())).toBe('Amoxicillin, Ibuprofen')
  expect(['To pay', 'Ibuprofen'].join(comma('clauses'))).toBe('To pay, Ibuprofen')
  expect(['One', 'Two'].join(comma('sentences'))).toBe('One. Two')
})
