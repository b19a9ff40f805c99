// Whose papers are shown is asked of the server, page by page: a filter of what has been read would
// hide what comes later.
import { flushPromises, mount } from '@vue/test-utils'
import { describe, expect, it, vi } from 'vitest'
import { onReachBottom, onShow, onUnload } from '@dcloudio/uni-app'
import { fetchWords } from '@/lib/i18n'
import { lookKin } from '@/lib/kin'
import { begin } from '@/lib/session'
import Home from '@/pages/home/home.vue'
import Rxs from '@/pages/rxs/rxs.vue'
import Visits from '@/pages/visits/visits.vue'

const lists = ['/v1/prescriptions', '/v1/consultations']

describe.each([['home', Home], ['rxs', Rxs], ['visits', Visits]])('%s', (name, component) => {
  it('asks for one person, on every page of the list, and for everybody again when the right has gone', async () => {
    Object.assign(globalThis, { getCurrentPages: () => [{ $page: { fullPath: `/pages/${name}/${name}` } }] })
    await fetchWords(`pages/${name}/${name}`)
    for (const f of [onReachBottom, onShow, onUnload]) vi.mocked(f).mockClear()
    begin({
      token: 't',
      expiresAt: new Date(Date.now() + 3600_000).toISOString(),
      account: { id: 'u1', person: 'u1', role: 'patient', org: '' },
    })
    let others: object[] = [{ id: 'f1', state: 'confirmed', person: 'u2', name: '王淑芬', acts: true }]
    let asked: (string | null)[] = []
    const answer = (url: URL) => {
      if (lists.includes(url.pathname)) asked.push(url.searchParams.get('person'))
      if (url.pathname === '/v1/relatives') return { others }
      return url.pathname === '/v1/prescriptions'
        ? { items: [], next: 'b' }
        : url.pathname === '/v1/consultations'
          ? { consultations: [], next: 'b' }
          : {}
    }
    Object.assign(uni, {
      request: (o: UniApp.RequestOptions) =>
        void Promise.resolve().then(() =>
          o.success?.({
            statusCode: 200,
            data: JSON.stringify(answer(new URL(o.url))),
            header: {},
            cookies: [],
          } as never),
        ),
    })
    const page = mount(component)
    vi.mocked(onShow).mock.calls.forEach(([f]) => f())
    await vi.waitFor(() => expect(page.find('[data-name="whose-u2"]').exists()).toBe(true))
    await flushPromises()
    expect(asked.length).toBeGreaterThan(0)
    expect(new Set(asked)).toEqual(new Set([null]))
    asked = []
    await page.find('[data-name="whose-u2"]').trigger('tap')
    await vi.waitFor(() => expect(asked.length).toBeGreaterThan(0))
    await flushPromises()
    vi.mocked(onReachBottom).mock.calls.forEach(([f]) => f())
    await flushPromises()
    expect(asked.length).toBeGreaterThan(1)
    expect(new Set(asked)).toEqual(new Set(['u2']))
    asked = []
    others = []
    await lookKin()
    await vi.waitFor(() => expect(asked.length).toBeGreaterThan(0))
    expect(new Set(asked)).toEqual(new Set([null]))
    page.unmount()
    vi.mocked(onUnload).mock.calls.forEach(([f]) => (f as () => void)())
  })
})
