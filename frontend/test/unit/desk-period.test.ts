// The export's page holds nothing of the file: the browser's own download fetches it by a link that
// is good once.
import { flushPromises, mount } from '@vue/test-utils'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { api } from '@/lib/api'
import { begin, end } from '@/lib/session'

// The desk's words are typed in its own program, which this one is no part of.
const { default: Period } = await import('../../desk/regulator/export.vue' as string)

const kept = (state: string, more: object = {}) => ({
  id: 'E1',
  from: '2026-11-01',
  to: '2026-11-30',
  records: 3,
  height: 7,
  state,
  bytes: 5 << 20,
  madeAt: '2026-12-01T04:00:00Z',
  endsAt: '2026-12-02T04:00:00Z',
  ...more,
})
let lists: object[][]
beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  begin({
    token: 't',
    expiresAt: '2099-01-01T00:00:00Z',
    account: { id: 'r', person: 'r', role: 'regulator', org: 'r1' },
  })
  vi.spyOn(api, 'get').mockImplementation((async () => ({
    exports: lists.length > 1 ? lists.shift() : lists[0],
  })) as never)
})
afterEach(() => {
  end()
  vi.useRealTimers()
  vi.restoreAllMocks()
})

it('is waited for while it is made, and fetched by a link', async () => {
  lists = [[], [kept('making')], [kept('making')], [kept('ready')]]
  const post = vi
    .spyOn(api, 'post')
    .mockImplementation((async (path: string) =>
      path.endsWith('ticket') ? { ticket: 'WORD' } : kept('making')) as never)
  const asked = vi.spyOn(globalThis, 'fetch')
  const links: string[] = []
  vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(function (this: HTMLAnchorElement) {
    links.push(`${this.download} ${new URL(this.href).pathname}${new URL(this.href).search}`)
  })
  const page = mount(Period)
  await flushPromises()
  await page.get('form').trigger('submit')
  await flushPromises()
  expect(post).toHaveBeenCalledWith('/v1/oversight/exports', {
    body: { from: expect.any(String), to: expect.any(String) },
  })
  expect(page.find('[data-name=export-making]').exists()).toBe(true)
  expect(page.find('[data-name=export-save]').exists()).toBe(false)
  await vi.advanceTimersByTimeAsync(1000)
  await vi.advanceTimersByTimeAsync(1000)
  await flushPromises()
  await page.get('[data-name=export-ready] [data-name=export-save]').trigger('click')
  await flushPromises()
  expect(links).toEqual(['export-2026-11-01-2026-11-30.zip /v1/oversight/exports/E1/file?ticket=WORD'])
  expect(asked).not.toHaveBeenCalled()
  expect(page.find('[data-name=export-saving]').exists()).toBe(true)
})

it('says why one was not made, and looks no further', async () => {
  lists = [[kept('failed', { why: 'no-room' })]]
  const page = mount(Period)
  await flushPromises()
  // The desk's words are not in this program: their key is what stands there.
  expect(page.get('[data-name=export-failed]').text()).toContain('export.why.no-room')
  await vi.advanceTimersByTimeAsync(5000)
  expect(api.get).toHaveBeenCalledTimes(1)
})
