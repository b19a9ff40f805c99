// Words that do not come: the page says what is wrong in those that are there from the start, and
// does nothing of its own.
import { flushPromises, mount } from '@vue/test-utils'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { defineComponent, h } from 'vue'

let here = ''
let shown: number
let hooks: Record<'onShow' | 'onHide', () => void>
const words = async () => (await import('@/words/pages')).pages as unknown
let fetch = words

vi.mock('@/platform/english', () => ({
  englishWords: () => Promise.reject(new Error('offline')),
  pagesWords: () => fetch(),
  staffWords: () => Promise.reject(new Error('offline')),
}))

async function open(path: string) {
  vi.resetModules()
  here = path
  shown = 0
  Object.assign(globalThis, { getCurrentPages: () => [{ $page: { fullPath: here } }] })
  const uniApp = await import('@dcloudio/uni-app')
  vi.mocked(uniApp.onShow).mockClear()
  vi.mocked(uniApp.onHide).mockClear()
  const { usePage } = await import('@/lib/page')
  const { default: AppPage } = await import('@/components/app-page.vue')
  const w = mount(defineComponent({
    setup() {
      const page = usePage({ title: 'title.doctors', shown: () => void shown++ })
      return () => h(AppPage, { page }, () => h('p', { id: 'own' }, 'x'))
    },
  }))
  const call = (hook: typeof uniApp.onShow) => () => vi.mocked(hook).mock.calls.forEach(([f]) => f())
  hooks = { onShow: call(uniApp.onShow), onHide: call(uniApp.onHide) }
  hooks.onShow()
  await flushPromises()
  return w
}

beforeEach(() => void (fetch = words))

describe('a page whose words are fetched', () => {
  it('says that the network is away when they do not come, and asks for nothing', async () => {
    fetch = () => Promise.reject(new Error('offline'))
    const w = await open('/pages/doctors/doctors')
    expect(w.get('[data-name=fault]').text()).toMatch(/网络|连不上/)
    expect(w.find('[data-name=retry]').exists()).toBe(true)
    expect([w.find('#own').exists(), shown]).toEqual([false, 0])
  })

  it('is there when they are', async () => {
    const w = await open('/pages/doctors/doctors')
    await vi.waitFor(() =>
      expect([w.find('[data-name=fault]').exists(), w.find('#own').exists(), shown]).toEqual([false, true, 1]),
    )
  })

  it('does nothing when its person has left meanwhile', async () => {
    let come: (got: unknown) => void = () => undefined
    fetch = () => new Promise((done) => (come = done))
    await open('/pages/doctors/doctors')
    hooks.onHide()
    come(await words())
    await flushPromises()
    expect(shown).toBe(0)
  })
})
