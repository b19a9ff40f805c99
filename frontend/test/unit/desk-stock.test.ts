// A line of the pharmacy's stock that has changed, as with every claim: the form goes on with what
// it is now.
import { flushPromises, mount } from '@vue/test-utils'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { Refused, api } from '@/lib/api'
import { t } from '@/lib/i18n'
import { begin, end } from '@/lib/session'

vi.mock('../../desk/said', () => ({ say: vi.fn() }))

// The desk's words are typed in its own program, which this one is no part of.
const { default: Stock } = await import('../../desk/counter/stock.vue' as string)

const line = (version: number, reserved: number) => ({
  drug: 'D0001',
  nameZh: '阿莫西林胶囊',
  nameEn: 'Amoxicillin',
  strength: '0.25g',
  unit: '盒',
  onHand: 40,
  reserved,
  free: 40 - reserved,
  minimum: 0,
  version,
})

beforeEach(() => {
  Object.assign(uni, { showModal: vi.fn() })
  Object.assign(HTMLDialogElement.prototype, { showModal: () => undefined, close: () => undefined })
  begin({
    token: 't',
    expiresAt: '2099-01-01T00:00:00Z',
    account: { id: 'd', person: 'd', role: 'dispenser', org: 'p1' },
  })
})
afterEach(() => {
  end()
  vi.restoreAllMocks()
})

it('is saved at the second press', async () => {
  let now = line(3, 0)
  const sent: number[] = []
  vi.spyOn(api, 'get').mockImplementation((() => Promise.resolve({ stock: [now] })) as never)
  vi.spyOn(api, 'put').mockImplementation(((_: string, { body }: { body: { version: number } }) => {
    sent.push(body.version)
    return body.version === now.version
      ? Promise.resolve(now)
      : Promise.reject(new Refused(409, 'version-conflict', '', [], 0, ''))
  }) as never)
  const page = mount(Stock)
  await flushPromises()
  await page.get('[data-row=D0001]').trigger('click')
  now = line(4, 2)
  await page.get('[data-name=stock-packages]').setValue('7')
  await page.get('[data-name=stock-reason]').setValue('送货单 17')
  await page.get('[data-name=stock-form]').trigger('submit')
  await vi.waitFor(() =>
    expect(page.get('[data-name=stock-form]').text()).toContain(t('pharmacy.onHand', { onHand: 40, reserved: 2 })),
  )
  await flushPromises()
  await page.get('[data-name=stock-form]').trigger('submit')
  await vi.waitFor(() => expect(page.find('[data-name=stock-form]').exists()).toBe(false))
  expect(sent).toEqual([3, 4])
})
