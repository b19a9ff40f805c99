// The administrator's day is there while the insurer lets the books wait, and asks the insurer
// seldom.
import { flushPromises, mount } from '@vue/test-utils'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { api } from '@/lib/api'
import { begin, end } from '@/lib/session'

// The desk's words are typed in its own program, which this one is no part of.
const { default: Today } = await import('../../desk/admin/today.vue' as string)

const parts = { fund: 100, account: 0, cash: 20 }
const visits = { waiting: 1, active: 0, asked: 3, finished: 2, cancelled: 0, waitedMinutes: 4 }
const answers: Record<string, unknown> = {
  '/v1/admin/diagnostics': { member: 'h1', checks: {}, outbox: { pending: 0, dead: 0 }, chain: { height: 9 } },
  '/v1/admin/key-requests': {},
  '/v1/admin/photos': {},
  '/v1/admin/practitioners': {},
  '/v1/admin/settlements/desk': {},
  '/v1/admin/today': {
    day: '2026-12-01',
    at: '2026-12-01T04:00:00Z',
    visits,
    prescriptions: { today: [], open: [] },
    alarms: 0,
  },
}
const book = {
  day: '2026-12-01',
  ours: { settled: parts, settledCount: 1, refunded: parts, refundedCount: 0 },
  differences: [],
  unread: 0,
}
const MINUTE = 60_000

let books: (answer: unknown) => void
let asked = 0

beforeEach(() => {
  vi.useFakeTimers()
  asked = 0
  begin({ token: 't', expiresAt: '2099-01-01T00:00:00Z', account: { id: 'a', person: 'a', role: 'admin', org: 'h1' } })
  vi.spyOn(api, 'get').mockImplementation(((path: string) => {
    if (path !== '/v1/admin/reconciliation/{day}') return Promise.resolve(answers[path])
    asked++
    return new Promise((resolve) => (books = resolve))
  }) as never)
})
afterEach(() => {
  end()
  vi.restoreAllMocks()
  vi.useRealTimers()
})

it('shows the day without the books, and asks for them every quarter of an hour or when it is told to', async () => {
  const page = mount(Today)
  await flushPromises()
  expect(page.get('[data-name=waiting]').text()).toBe('1')
  expect(page.find('[data-name=money] [data-bar=fund]').exists()).toBe(false)
  books(book)
  await flushPromises()
  expect(page.find('[data-name=money] [data-bar=fund]').exists()).toBe(true)
  await vi.advanceTimersByTimeAsync(14 * MINUTE)
  expect(asked).toBe(1)
  await vi.advanceTimersByTimeAsync(MINUTE)
  expect(asked).toBe(2)
  books(book)
  await page.get('[data-name=reload]').trigger('click')
  await flushPromises()
  expect(asked).toBe(3)
  page.unmount()
  await vi.advanceTimersByTimeAsync(60 * MINUTE)
  expect(asked).toBe(3)
})
