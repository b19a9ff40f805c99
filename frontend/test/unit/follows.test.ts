// What a page shows moves by itself: whoever reads something that others change follows the events
// that tell of it (lib/events), or asks again and again for what nobody tells.
import { readFileSync, readdirSync } from 'node:fs'
import { describe, expect, it } from 'vitest'

/** What is read, and by what its change is told. */
const told: [RegExp, RegExp][] = [
  [/api\.(get|seen)\('\/v1\/consultations['/]/, /'visit'/],
  [/api\.(get|seen)\('\/v1\/(prescriptions(\/\{id\})?'|stock')/, /'rx'/],
  [/api\.(get|seen)\('\/v1\/(settlements|admin\/reconciliation)/, /'pay'/],
  [/api\.(get|seen)\('\/v1\/patients\/me\/family'/, /'family'/],
  [/api\.(get|seen)\('\/v1\/relatives'/, /'relative'/],
  [/api\.get\('\/v1\/(keys'|admin\/key-requests|admin\/people\/\{person\}\/keys)/, /'key'/],
  [/readiness\(/, /'key'/],
  [/api\.get\('\/v1\/admin\/(practitioners|staff)'/, /'office'/],
  [/api\.get\('\/v1\/me\/devices'/, /'account'/],
  [/api\.get\('\/v1\/me\/closing'/, /'visit'.*'rx'.*'pay'/],
  [/findDoctors\(|api\.get\('\/v1\/doctors\/\{person\}/, /every: /],
  [/'\/v1\/chain'\)|useOnce\(alarms\)|\/accesses'/, /every: |follows/],
]

/** Pages where that is no matter, and why. */
const spared: Record<string, string> = {
  'pages/chat/chat.vue visit': 'the socket of the chat tells it',
  'pages/home/home.vue key': 'the banner is looked at when the page is shown; the key page follows',
  'pages/pay/pay.vue key': 'only the person on this phone makes a key, on another page',
  'pages/medicine/medicine.vue rx': 'what was handed out does not change',
  'pages/medicine/medicine.vue visit': 'the doctor of a visit does not change',
  'pages/request/request.vue rx': 'what is asked for again is read once, into the form',
  'pages/request/request.vue family': 'a form: whom it may be for is read when it is opened',
  'pages/access/access.vue relative': 'names beside lines; the lines are asked for again',
  'pages/search/search.vue every': 'doctors found for a word; their page says who is online now',
  'pkg-doctor/issue/issue.vue rx': 'what is being signed stays as it is',
  'pkg-regulator/live/live.vue every': 'a stream',
  'pkg-regulator/finding/finding.vue every': 'evidence is read once, and checked when it is asked for',
  'pkg-regulator/findings/findings.vue every': 'checked against the chain when it is opened or pulled down',
  'pkg-doctor/note/note.vue visit': 'a form that must not be written over: a newer note is told when it is saved',
  'pkg-doctor/prescribe/prescribe.vue visit': 'a form: the checks are asked again at every change',
  'pkg-doctor/prescribe/prescribe.vue rx': 'the doctor’s own draft',
}

const vues = readdirSync('src', { recursive: true, encoding: 'utf8' })
  .filter((f) => f.endsWith('.vue') && /^(pages|pkg-)/.test(f))
  .map((f) => [f, readFileSync(`src/${f}`, 'utf8')] as const)
  .filter(([, source]) => source.includes('usePage('))

describe('a page that shows what others change', () => {
  it('is found at all', () => expect(vues.length).toBeGreaterThan(50))
  it.each(vues)('%s moves by itself', (file, source) => {
    const options = /usePage\(\{([\s\S]*?)\}\)\n/.exec(source)?.[1] ?? ''
    const still = told
      .filter(([reads, follows]) => reads.test(source) && !follows.test(options))
      .map(([, follows]) => /'(\w+)'|every/.exec(follows.source)!)
    expect(still.map(([whole, topic]) => `${file} ${topic ?? whole}`).filter((x) => !(x in spared))).toEqual([])
  })
})
