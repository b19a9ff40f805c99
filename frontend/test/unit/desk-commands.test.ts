// A page's Enter and the control under the focus: the control wins where the keyboard led to it.
import { mount } from '@vue/test-utils'
import { afterEach, beforeAll, beforeEach, expect, it, vi } from 'vitest'
import { defineComponent } from 'vue'
import { listenForKeys, useCommands } from '../../desk/commands'

const run = vi.fn()
const page = defineComponent({
  setup: () =>
    useCommands([
      { id: 'page.enter', title: '', keys: 'Enter', run },
      { id: 'page.j', title: '', keys: 'j', run },
    ]),
  template:
    '<main><button data-name="button" /><a href="#" data-name="link" /><div role="option" tabindex="0" data-name="option" /><button role="checkbox" data-name="checkbox" /><table><tr tabindex="0" data-name="row" /></table></main>',
})
let shown: ReturnType<typeof mount>
beforeAll(listenForKeys)
beforeEach(() => {
  run.mockClear()
  shown = mount(page, { attachTo: document.body })
})
afterEach(() => shown.unmount())

/**
 * Presses the key where the focus is; answers whether the element may still do what it does by
 * itself.
 */
function press(name: string, key: string): boolean {
  const at = shown.get(`[data-name=${name}]`).element as HTMLElement
  at.focus()
  return at.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }))
}

it.each(['button', 'link', 'option'])('leaves Enter to a %s, and a letter to the page', (name) => {
  expect(press(name, 'Enter')).toBe(true)
  expect(run).not.toHaveBeenCalled()
  expect(press(name, 'j')).toBe(false)
  expect(run).toHaveBeenCalledOnce()
})

it('takes Enter behind a click, until Tab leads there again', () => {
  shown.get('[data-name=button]').element.dispatchEvent(new MouseEvent('pointerdown', { bubbles: true }))
  expect(press('button', 'Enter')).toBe(false)
  expect(run).toHaveBeenCalledOnce()
  press('button', 'Tab')
  expect(press('button', 'Enter')).toBe(true)
  expect(run).toHaveBeenCalledOnce()
})

it('takes Enter elsewhere', () => {
  expect(press('row', 'Enter')).toBe(false)
  expect(press('checkbox', 'Enter')).toBe(false)
  expect(run).toHaveBeenCalledTimes(2)
})
