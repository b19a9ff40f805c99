import { afterAll, afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { effectScope } from 'vue'
import { useCapture } from '../../desk/kit/capture'

describe('a scanner at the desk', () => {
  const scope = effectScope()
  const taken: string[] = []
  scope.run(() => useCapture((text) => taken.push(text)))
  beforeEach(() => vi.useFakeTimers())
  afterEach(() => {
    vi.useRealTimers()
    taken.length = 0
  })
  /** Keys so many ms after the one before. */
  function keys(text: string, pauses: (i: number) => number) {
    ;[...text].forEach((key, i) => {
      vi.advanceTimersByTime(pauses(i))
      const e = new KeyboardEvent('keydown', { key, cancelable: true })
      Object.defineProperty(e, 'timeStamp', { value: Date.now() })
      document.dispatchEvent(e)
    })
    vi.advanceTimersByTime(1000)
  }
  it('is heard without a suffix', () => {
    keys('89117750000000000001', () => 5)
    expect(taken).toEqual(['89117750000000000001'])
  })
  it('is heard though the machine stops in the middle of a code', () => {
    keys('89117750000000000001', (i) => (i === 9 ? 150 : 5))
    expect(taken).toEqual(['89117750000000000001'])
  })
  it('leaves a blank to the button that has the focus', () => {
    const e = new KeyboardEvent('keydown', { key: ' ', cancelable: true })
    document.dispatchEvent(e)
    expect(e.defaultPrevented).toBe(false)
  })
  afterAll(() => scope.stop())
  it('is no hand', () => {
    keys('123456789', () => 90)
    expect(taken).toEqual([])
  })
})

describe('a scanner on a page where people write', () => {
  let scope = effectScope()
  const taken: string[] = []
  const field = document.createElement('textarea')
  beforeEach(() => {
    vi.useFakeTimers()
    document.body.append(field)
    field.value = ''
    scope = effectScope()
    scope.run(() => useCapture((text) => taken.push(text), { begins: 'HID1:' }))
  })
  afterEach(() => {
    scope.stop()
    field.remove()
    taken.length = 0
    vi.useRealTimers()
  })
  /** As a browser does: the key is heard, and what nobody stopped is written. */
  function type(text: string) {
    for (const key of text) {
      vi.advanceTimersByTime(5)
      const e = new KeyboardEvent('keydown', { key, cancelable: true, bubbles: true })
      Object.defineProperty(e, 'timeStamp', { value: Date.now() })
      field.dispatchEvent(e)
      if (!e.defaultPrevented && key.length === 1) field.value += key
    }
    vi.advanceTimersByTime(1000)
  }
  it('takes its own kind of code out of the field, and leaves what is written quickly', () => {
    type('患者HID不适 cough for three days ')
    expect([field.value, taken]).toEqual(['患者HID不适 cough for three days ', []])
    type('HID1:H1:ABCDEFGH')
    expect([field.value, taken]).toEqual(['患者HID不适 cough for three days ', ['HID1:H1:ABCDEFGH']])
  })
})
