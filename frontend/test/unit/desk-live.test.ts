// The regulator's pages look anew behind a burst of records, and now and then while one does not
// end.
import { flushPromises, mount } from '@vue/test-utils'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { defineComponent } from 'vue'
import { api } from '@/lib/api'
import { follow, type Committed, type Follower } from '@/platform/stream'
import { useLive } from '../../desk/regulator/live'

vi.mock('@/platform/stream', () => ({ follow: vi.fn() }))

const look = vi.fn()
const stop = vi.fn()
let to: Follower
const record = () => to.record({} as Committed)

async function open() {
  const page = mount(defineComponent({ setup: () => (useLive(look), () => null) }))
  await flushPromises()
  return page
}

beforeEach(() => {
  vi.useFakeTimers()
  vi.clearAllMocks()
  vi.spyOn(api, 'get').mockResolvedValue({ records: 7 } as never)
  vi.mocked(follow).mockImplementation((_, f) => ((to = f), stop))
})
afterEach(() => {
  vi.restoreAllMocks()
  vi.useRealTimers()
})

it('looks once behind a burst', async () => {
  await open()
  expect(vi.mocked(follow).mock.calls[0]![0]).toBe(7)
  record()
  vi.advanceTimersByTime(2000)
  record()
  vi.advanceTimersByTime(2000)
  expect(look).not.toHaveBeenCalled()
  vi.advanceTimersByTime(1000)
  expect(look).toHaveBeenCalledOnce()
})

it('looks while records never cease', async () => {
  await open()
  for (let s = 0; s < 60; s++) {
    record()
    vi.advanceTimersByTime(1000)
  }
  expect(look.mock.calls.length).toBe(3)
})

it('looks at nothing when it was left', async () => {
  const page = await open()
  record()
  page.unmount()
  vi.advanceTimersByTime(60_000)
  expect([look.mock.calls.length, stop.mock.calls.length]).toEqual([0, 1])
})
