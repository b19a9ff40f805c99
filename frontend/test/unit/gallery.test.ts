// app/docs/DESIGN.md: the gallery shows every component. What is not there needs a person or a
// server, and says which page of the picture tour shows it.
import { readFileSync, readdirSync } from 'node:fs'
import { expect, it } from 'vitest'

/** At most four, each for what it does as soon as it stands on a page. */
const elsewhere: Record<string, string> = {
  'app-act': 'has the server prepare an act, and there is none without somebody who signs: pages/rx',
  'app-proof': 'reads the records of a prescription of the chain, and checks them: pages/rx',
  'app-rating': 'asks the server what was thought of a finished visit: pages/chat',
  'app-sign': 'asks this device for the key of who is logged in: pages/pay',
}

it('the gallery shows every component that needs nobody', () => {
  const all = readdirSync('src/components').map((f) => f.replace(/\.vue$/, ''))
  const gallery = readFileSync('src/pkg-gallery/gallery/gallery.vue', 'utf8')
  const missing = all.filter((name) => !new RegExp(`<${name}[\\s/>]`).test(gallery))
  expect(missing).toEqual(Object.keys(elsewhere))
  expect(missing.length).toBeLessThanOrEqual(4)
})

it('every value a style uses is one that there is', () => {
  const styles = readdirSync('src', { recursive: true, encoding: 'utf8' })
    .filter((f) => /\.(vue|css)$/.test(f))
    .map((f) => [f, readFileSync(`src/${f}`, 'utf8')] as const)
  const known = new Set(
    styles.flatMap(([, text]) => [...text.matchAll(/(--[a-z][a-z0-9-]*)['"]?\s*:/g)].map((m) => m[1])),
  )
  // With a second value, the first need not be there; uni gives its own.
  const lost = styles.flatMap(([f, text]) =>
    [...text.matchAll(/var\((--[a-z][a-z0-9-]*)\)/g)].filter((m) => !known.has(m[1])).map((m) => `${f} ${m[1]}`),
  )
  expect(lost).toEqual([])
})
