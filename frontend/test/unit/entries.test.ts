// The browser's history under what lies over a page: a step that the browser never takes holds
// nobody back.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'

type Guard = () => Promise<void>
let leave: Guard

beforeEach(async () => {
  vi.resetModules()
  vi.useFakeTimers()
  vi.stubGlobal('requestAnimationFrame', () => 0)
  history.replaceState({ current: '/pages/home/home' }, '')
  document.body.innerHTML = '<div class="app page-tabbed"></div>'
  vi.spyOn(Element.prototype, 'getClientRects').mockReturnValue([{}] as never)
  const router = {
    beforeEach: (g: Guard) => (leave = g),
    afterEach: vi.fn(),
    onError: vi.fn(),
    options: { history: { go: vi.fn(), state: {}, location: '' } },
  }
  Object.assign(globalThis, { getApp: () => ({ $router: router }) })
  const { hearBack, keepEntries } = await import('@/platform/entries')
  hearBack()
  keepEntries()
})
afterEach(() => {
  vi.useRealTimers()
  vi.restoreAllMocks()
  vi.unstubAllGlobals()
})

const over = () => (history.state as { over?: number }).over

describe('an entry over a page', () => {
  it('that the browser does not take away is the page’s own, and the next page comes', async () => {
    window.dispatchEvent(new Event('pointerdown'))
    expect(over()).toBe(1)
    document.body.innerHTML = '<div class="app"></div>' // no tab: nothing stays above it
    const go = vi.spyOn(history, 'go').mockReturnValue()
    let left = false
    void leave().then(() => (left = true))
    await vi.advanceTimersByTimeAsync(1000)
    expect([left, go.mock.calls.length]).toEqual([false, 1])
    await vi.advanceTimersByTimeAsync(1500)
    expect([left, over()]).toEqual([true, 0])
  })
})
