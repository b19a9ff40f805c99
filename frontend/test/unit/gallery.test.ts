// app/docs/DESIGN.md: the gallery shows every component. What is not there needs a person or a
// server, and says which page of the picture tour shows it.
import { readFileSync, readdirSync } from 'node:fs'
import { expect, it } from 'vitest'

const elsewhere: Record<string, string> = {
  'app-act': 'a prepared act: pages/rx, pkg-pharmacy/rx',
  'app-basis': 'a prescription’s checks: pages/rx',
  'app-diagnoses': 'the catalogue: pkg-doctor/note',
  'app-emergency': 'a complaint: pages/triage',
  'app-key-banner': 'who signs with a key that ends: pkg-doctor/home',
  'app-line': 'a prescription that is written: pkg-doctor/prescribe',
  'app-patient': 'a patient’s record: pkg-doctor/visit',
  'app-prior': 'a patient’s record: pages/profile',
  'app-proof': 'records of the chain: pages/rx',
  'app-questions': 'a complaint: pages/triage',
  'app-rating': 'a visit: pages/chat',
  'app-recheck': 'a prescription checked again: pkg-pharmacy/rx',
  'app-rx': 'a prescription: pkg-reviewer/review',
  'app-sign': 'a prepared act: pages/pay',
  'app-tabbar': 'a role: every tab',
  'app-whom': 'a family: pages/chat',
  'app-whose': 'a family: pages/home',
}

it('the gallery shows every component that needs nobody', () => {
  const all = readdirSync('src/components').map((f) => f.replace(/\.vue$/, ''))
  const gallery = readFileSync('src/pkg-gallery/gallery/gallery.vue', 'utf8')
  const missing = all.filter((name) => !new RegExp(`<${name}[\\s/>]`).test(gallery))
  expect(missing).toEqual(Object.keys(elsewhere))
})
