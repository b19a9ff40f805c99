import { mount } from '@vue/test-utils'
import { describe, expect, it } from 'vitest'
import { nextTick } from 'vue'
import AppButton from '@/components/app-button.vue'
import AppSheetPin from '@/components/app-sheet-pin.vue'
import { mend } from '@/platform/mend'
import { fromBase64, fromHex, toBase64, toHex, utf8 } from '@/lib/bytes'
import { qrImage } from '@/lib/qr'
import { choose, isElder, settings } from '@/lib/settings'
import { toneOf } from '@/lib/tone'
import { before, brief, day, left, moment } from '@/lib/time'
import { looksLikeTail } from '@/lib/counter'
import { keepPlatform } from '../../build/platform-blocks'

describe('bytes', () => {
  it('writes UTF-8 as TextEncoder does', () => {
    for (const s of ['', 'a', 'é', '处方', '😀', '\ud800'])
      expect([...utf8(s)], s).toEqual([...new TextEncoder().encode(s)])
  })
  it('reads what it writes, and one spelling only', () => {
    for (let n = 0; n < 20; n++) {
      const b = Uint8Array.from({ length: n }, (_, i) => (i * 37 + n) & 255)
      expect(toBase64(b)).toBe(Buffer.from(b).toString('base64'))
      expect(fromBase64(toBase64(b))).toEqual(b)
      expect(fromHex(toHex(b))).toEqual(b)
    }
    for (const bad of ['A', 'AA=A', 'AB==', 'AAB=', 'AA A', '====']) expect(() => fromBase64(bad), bad).toThrow()
    for (const bad of ['a', 'AA', 'zz']) expect(() => fromHex(bad), bad).toThrow()
  })
})

describe('the last four of a number', () => {
  it('are those of any document: a passport may end in letters', () => {
    for (const tail of ['4021', '123x', ' 7ab c']) expect(looksLikeTail(tail), tail).toBe(true)
    for (const tail of ['', '402', '40211', '四零二一']) expect(looksLikeTail(tail), tail).toBe(false)
  })
})

describe('time', () => {
  const at = Date.parse('2026-10-31T16:30:00Z') // half past midnight of 1 November in China
  it('is China’s', () => expect([day(at), moment(at)]).toEqual(['2026-11-01', '2026-11-01 00:30']))
  it('is brief in lists', () => {
    expect(brief(at, at + 3600_000)).toBe('00:30')
    expect(brief(at, at + 86_400_000)).toBe('11月1日')
    expect(brief(at, at + 86_400_000 * 90)).toBe('2026-11-01')
  })
  it.each([
    [30_000, { unit: 'minutes', count: 1 }],
    [3_600_000, { unit: 'hours', count: 1 }],
    [3 * 86_400_000, { unit: 'days', count: 3 }],
    [0, undefined],
    [-1, undefined],
  ])('%d ms are left', (ms, want) => expect(left(at + ms, at)).toEqual(want))
  it('says the end of a term as people do', () => {
    expect(before('2026-12-02T16:00:00Z')).toBe('12月2日 24:00')
    expect(before('2026-12-02T16:00:00Z', false)).toBe('2 Dec 24:00')
    expect(before('2026-12-31T16:00:00Z')).toBe('12月31日 24:00')
    expect(before('2026-12-02T04:30:00Z')).toBe('12月2日 12:30')
  })
  it('refuses what is no time', () => expect(() => day('soon')).toThrow(RangeError))
})

describe('tones', () => {
  it('tell paying from waiting, and grey from red', () => {
    expect(
      ['approved', 'signed', 'claimed', 'paid', 'rejected', 'dispensed', 'expired', 'unheard-of'].map(toneOf),
    ).toEqual(['money', 'wait', 'wait', 'good', 'bad', 'over', 'over', 'wait'])
  })
})

describe('settings', () => {
  it('are kept and tell elder mode', () => {
    choose({ scale: 1.4, theme: 'dark' })
    expect(isElder.value).toBe(true)
    expect(JSON.parse(String(uni.getStorageSync('settings')))).toEqual({
      language: 'zh-Hans',
      theme: 'dark',
      scale: 1.4,
      sound: true,
    })
    choose({ scale: 1, theme: 'auto' })
    expect([isElder.value, settings.theme]).toEqual([false, 'auto'])
  })
})

describe('platform blocks', () => {
  const source = 'a\n// #ifdef H5\nh5\n// #endif\n  // #ifdef MP-WEIXIN\nmp\n  // #endif\nb\n'
  it('keeps one platform', () => {
    expect(keepPlatform(source, 'H5')).toBe('a\nh5\nb\n')
    expect(keepPlatform(source, 'MP-WEIXIN')).toBe('a\nmp\nb\n')
  })
})

describe('a QR code', () => {
  it('is a GIF of its own', () => expect(atob(qrImage('RXP1:RX20261101').split(',')[1]!).slice(0, 4)).toBe('GIF8'))
})

describe('what uni-h5 lacks', () => {
  it('is mended', () => {
    document.body.innerHTML =
      '<div><uni-input aria-label="姓名"><input></uni-input><uni-image alt="码"><img></uni-image><div role="button"></div><div role="button" aria-disabled="true"></div></div>'
    mend(document.body)
    expect(document.querySelector('input')?.getAttribute('aria-label')).toBe('姓名')
    expect(document.querySelector('uni-input')?.hasAttribute('aria-label')).toBe(false)
    expect(document.querySelector('img')?.getAttribute('alt')).toBe('码')
    expect([...document.querySelectorAll('[role=button]')].map((e) => e.getAttribute('tabindex'))).toEqual(['0', '-1'])
  })
})

describe('a button', () => {
  it('cannot be pressed while it is busy or disabled', async () => {
    const w = mount(AppButton, { props: { busy: true } })
    await w.trigger('tap')
    await w.setProps({ busy: false, disabled: true })
    await w.trigger('tap')
    expect(w.emitted('press')).toBeUndefined()
    await w.setProps({ disabled: false })
    await w.trigger('tap')
    expect(w.emitted('press')).toHaveLength(1)
  })
})

describe('the PIN sheet', () => {
  it('gives six digits once, forgets them, and takes a digit back', async () => {
    const w = mount(AppSheetPin, { props: { open: true, title: 'PIN' } })
    const press = (key: string) => w.get(`[data-key="${key}"]`).trigger('tap')
    for (const key of ['1', '9', 'delete', '2', '3', '4', '5', '6']) await press(key)
    await nextTick()
    expect(w.emitted('pin')).toEqual([['123456']])
    expect(w.findAll('.dot.full')).toHaveLength(0)
    expect(w.html()).not.toContain('123456')
  })
})
