// What uni gives a page, as far as unit tests need it: storage in memory and quiet messages.
import { webcrypto } from 'node:crypto'
import { afterEach, beforeAll, beforeEach, vi } from 'vitest'
import { onHide, onUnload } from '@dcloudio/uni-app'

const kept = new Map<string, unknown>()

Object.defineProperty(globalThis, 'crypto', { value: webcrypto, configurable: true })

Object.assign(globalThis, {
  uni: {
    getStorageSync: (key: string) => kept.get(key) ?? '',
    setStorageSync: (key: string, value: unknown) => void kept.set(key, value),
    removeStorageSync: (key: string) => void kept.delete(key),
    getStorageInfoSync: () => ({ keys: [...kept.keys()] }),
    getLocale: () => 'zh-Hans',
    setLocale: vi.fn(),
    showToast: vi.fn(),
    setNavigationBarTitle: vi.fn(),
    setNavigationBarColor: vi.fn(),
    reLaunch: vi.fn(),
    redirectTo: vi.fn(),
    $once: vi.fn(),
    $off: vi.fn(),
    $emit: vi.fn(),
    navigateTo: vi.fn(),
    navigateBack: vi.fn(),
    stopPullDownRefresh: vi.fn(),
    getSystemInfoSync: () => ({ osTheme: 'light' }),
    onThemeChange: vi.fn(),
  },
})

vi.mock('@dcloudio/uni-app', () => ({
  onShow: vi.fn(),
  onHide: vi.fn(),
  onLoad: vi.fn(),
  onUnload: vi.fn(),
  onLaunch: vi.fn(),
  onPullDownRefresh: vi.fn(),
  onReachBottom: vi.fn(),
}))

beforeEach(() => {
  kept.clear()
  globalThis.sessionStorage?.clear()
})

const realTimeout = setTimeout

// Every page is left as uni leaves it: its timers would go on after the test, into the next file's.
afterEach(async () => {
  const left = [onHide, onUnload].flatMap((hook) => vi.mocked(hook).mock.calls.splice(0))
  for (const [hook] of left) (hook as () => void)()
  await new Promise((resolve) => realTimeout(resolve))
})

// What a page fetches before it is shown is there.
beforeAll(async () => (await import('@/lib/i18n')).fetchWords('pkg-admin/'))
