// A form survives its page, is one per thing, and goes when it was sent.
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
