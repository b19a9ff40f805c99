// The counter's lists: what waits is all within reach, and the numbers are of all there are.
import { flushPromises, mount } from '@vue/test-utils'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { api } from '@/lib/api'

// The desk's words are typed in its own program, which this one is no part of.
const { default: Lists } = await import('../../desk/counter/lists.vue' as string)

const line = (n: number) => ({ id: `RX${n}`, patient: `患者${n}`, items: 1, department: '呼吸内科' })
const held = Array.from({ length: 70 }, (_, n) => line(n))
const incoming = [
  { id: 'RX900001', items: 2, complete: true, chosenAt: '2026-12-01T04:00:00Z' },
  { id: 'RX900002', items: 1, complete: false, chosenAt: '2026-12-01T04:00:00Z' },
]

beforeEach(() => {
  vi.spyOn(api, 'get').mockImplementation((async (path: string, { query }: any = {}) => {
    if (path === '/v1/incoming') return { prescriptions: incoming }
    if (query.status[0] === 'claimed') {
      const from = Number(query.cursor ?? 0)
      const next = from + query.limit
      return { items: held.slice(from, next), total: held.length, next: next < held.length ? String(next) : undefined }
    }
    const now = new Date().toISOString()
    const items = Array.from({ length: query.limit }, (_, n) => ({ ...line(1000 + n), draftedAt: now, updatedAt: now }))
    return { items, next: 'more' }
  }) as never)
})
afterEach(() => vi.restoreAllMocks())

it('say how many there are, and give the rest', async () => {
  const page = mount(Lists, { props: { shown: '' } })
  await flushPromises()
  expect(page.get('[data-name=held-count]').text()).toBe('70')
  expect(page.findAll('[data-name=held]')).toHaveLength(50)
  await page.get('[data-name=held-more]').trigger('click')
  await flushPromises()
  expect(page.findAll('[data-name=held]')).toHaveLength(70)
  expect(page.find('[data-name=held-more]').exists()).toBe(false)
  expect(page.get('[data-name=handed-count]').text()).toBe('50+')
})

it('go from one to the next, and load what follows', async () => {
  const page = mount(Lists, { props: { shown: 'RX48' } })
  await flushPromises()
  const { beside } = page.vm as unknown as { beside: (id: string, by: number) => string }
  expect(beside('RX48', 1)).toBe('RX49')
  await flushPromises()
  expect(beside('RX49', 1)).toBe('RX50')
})

it('have those apart whose goods are not on the shelf', async () => {
  const page = mount(Lists, { props: { shown: '' } })
  await flushPromises()
  expect(page.findAll('[data-name=ready]').map((x) => x.text()).join()).toContain('900001')
  expect(page.findAll('[data-name=lacking]').map((x) => x.text()).join()).toContain('900002')
})
