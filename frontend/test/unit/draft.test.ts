// A form survives its page, is one per thing, and goes when it was sent.
import { readFileSync, readdirSync } from 'node:fs'
import { beforeEach, describe, expect, it } from 'vitest'
import { dropDraft, useDraft } from '@/lib/draft'
import { end } from '@/lib/session'

const empty = { text: '', chosen: [] as string[] }

beforeEach(() => end())

describe('a form that is kept', () => {
  it('comes back as it was left, without waiting for a moment of quiet', () => {
    const first = useDraft('note', empty)
    first.form.text = '规律服药'
    first.form.chosen.push('I10')
    expect(useDraft('note', empty).form).toEqual({ text: '规律服药', chosen: ['I10'] })
  })

  it('is one for each thing it is about', () => {
    const page = useDraft('cancel', empty)
    page.of('RX1')
    page.form.text = '重复开具'
    const other = useDraft('cancel', empty)
    other.of('RX2')
    expect(other.form.text).toBe('')
    other.of('RX1')
    expect(other.form.text).toBe('重复开具')
  })

  it('does not change what the next empty form is made of', () => {
    useDraft('reject', empty).form.chosen.push('dose')
    expect(empty.chosen).toEqual([])
  })

  it('is forgotten when it was sent, and stays on the screen of a page that goes', () => {
    const page = useDraft('note', empty)
    page.form.text = '复诊'
    page.done()
    expect(page.form.text).toBe('复诊')
    expect(useDraft('note', empty).form.text).toBe('')
  })

  it('is empty again on a page that stays, and keeps what is typed next', () => {
    const page = useDraft('stock', empty)
    page.form.text = '到货'
    page.clear()
    expect(page.form.text).toBe('')
    page.form.text = '盘点'
    expect(useDraft('stock', empty).form.text).toBe('盘点')
  })

  it('is forgotten from outside', () => {
    useDraft('stock', empty).form.text = '到货'
    dropDraft('stock')
    expect(useDraft('stock', empty).form.text).toBe('')
  })
})

/** What each form that is kept holds. A new one takes a line: think of what a lost phone tells. */
const forms: Record<string, string> = {
  about: 'what a doctor says of the own work',
  allergy: 'words',
  cancel: 'a reason',
  chat: 'a message',
  claim: 'reasons',
  contact: 'a telephone',
  decline: 'a reason',
  'dispense-said': 'reasons, and which doctor answered what',
  'draft(id)': 'points ticked, trace codes of packages, a reason',
  hours: 'a week',
  identity: 'a name, a document and its number',
  note: 'a note',
  prior: 'an earlier diagnosis, its hospital and day',
  rating: 'stars and words',
  reject: 'reasons',
  request: 'a complaint, and for which child',
  staff: 'a log-in name and a role',
  stock: 'a count, a lot, a reason',
  'stock-open': 'a drug',
  suspend: 'a reason',
  weight: 'kilograms',
  withdraw: 'a reason',
}
/** Fields that say who somebody is or open something, in the words of the sources. */
const secrets: [RegExp, string[]][] = [
  [/noPapers|idNumber/, ['idNumber', 'birthDate']],
  [/\bphone\b/i, ['phone']],
  [/\bpin\b/i, ['pin']],
  [/password/i, ['password']],
  [/token/i, ['token']],
  [/accessCode|pickup/i, ['accessCode']],
]

/** Each call of useDraft in the sources, from its name to its end. */
function calls(): { name: string; text: string }[] {
  const files = ['src', 'lib', 'desk'].flatMap((dir) =>
    readdirSync(dir, { recursive: true, encoding: 'utf8' })
      .filter((f) => /\.(ts|vue)$/.test(f) && !f.endsWith('draft.ts'))
      .map((f) => readFileSync(`${dir}/${f}`, 'utf8')),
  )
  return files.flatMap((source) =>
    [...source.matchAll(/useDraft(?:<\w+>)?\(/g)].map(({ index, 0: head }) => {
      let [end, depth] = [index + head.length, 1]
      for (; depth; end++) depth += source[end] === '(' ? 1 : source[end] === ')' ? -1 : 0
      const text = source.slice(index + head.length, end - 1)
      return { name: /^\s*'?([^',]+)'?,/.exec(text)![1]!, text }
    }),
  )
}

describe('the forms that are kept', () => {
  it('are these', () => expect([...new Set(calls().map((c) => c.name))].sort()).toEqual(Object.keys(forms).sort()))

  it.each(calls().map((c) => [c.name, c.text] as const))('%s: no number of a person is among them', (_, text) => {
    const named = /\[([^\]]*)\]\s*$/.exec(text)?.[1] ?? ''
    for (const [looks, fields] of secrets)
      if (looks.test(text)) for (const field of fields) expect(named).toContain(`'${field}'`)
  })

  it('and those that hold one say so', () => {
    const held = calls().filter(({ text }) => secrets.some(([looks]) => looks.test(text)))
    expect(held.map((c) => c.name).sort()).toEqual(['contact', 'identity'])
  })
})
