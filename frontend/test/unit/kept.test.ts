// What somebody typed and did not send is there again when they come back, and what was sent comes
// from the server.
import { flushPromises, mount, type VueWrapper } from '@vue/test-utils'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { onShow } from '@dcloudio/uni-app'
import AppField from '@/components/app-field.vue'
import AppRating from '@/components/app-rating.vue'
import { api } from '@/lib/api'
import { fetchWords } from '@/lib/i18n'
import { begin } from '@/lib/session'
import type { Role } from '@/lib/session'
import AboutPage from '@/pkg-doctor/about/about.vue'
import StockPage from '@/pkg-pharmacy/stock/stock.vue'

const answers: Record<string, unknown> = {}
const asked: unknown[] = []

beforeEach(async () => {
  vi.restoreAllMocks()
  for (const path of ['pkg-doctor/about/about', 'pkg-pharmacy/stock/stock', 'pages/chat/chat']) await fetchWords(path)
  vi.spyOn(api, 'get').mockImplementation(((path: string) =>
    path in answers
      ? Promise.resolve(JSON.parse(JSON.stringify(answers[path])))
      : Promise.reject(new Error(path))) as never)
  vi.spyOn(api, 'put').mockImplementation(((path: string, { body }: { body: unknown }) => {
    asked.push(body)
    return Promise.resolve(answers[`PUT ${path}`])
  }) as never)
  asked.length = 0
})

const as = (role: Role) =>
  begin({
    token: 'T',
    expiresAt: new Date(Date.now() + 3600_000).toISOString(),
    account: { id: 'a', person: 'ume', role, org: 'h1' },
  })

/** A page as it is opened: mounted, shown, and its first answers here. */
async function open(Page: typeof AboutPage | typeof StockPage, route: string): Promise<VueWrapper> {
  Object.assign(globalThis, { getCurrentPages: () => [{ route, options: {}, $page: { fullPath: `/${route}` } }] })
  vi.mocked(onShow).mockClear()
  const page = mount(Page as never) as VueWrapper
  for (const [hook] of vi.mocked(onShow).mock.calls) (hook as () => void)()
  await flushPromises()
  await vi.waitFor(() => expect(page.findAllComponents(AppField).length).toBeGreaterThan(0))
  return page
}
const field = (page: VueWrapper, name: string) =>
  page.findAllComponents(AppField).find((f) => f.props('name') === name)!
const type = (page: VueWrapper, name: string, words: string) => field(page, name).vm.$emit('update:modelValue', words)
const says = (page: VueWrapper, name: string) => field(page, name).props('modelValue')

describe('an introduction', () => {
  it('that was typed and not saved stays; one that was saved is the server’s', async () => {
    as('doctor')
    answers['/v1/practitioners/me/about'] = { specialties: ['高血压'], introduction: '从业十年', languages: ['zh'] }
    let page = await open(AboutPage, 'pkg-doctor/about/about')
    expect(says(page, 'introduction')).toBe('从业十年')
    type(page, 'introduction', '从业十年，擅长慢病管理')
    page.unmount()
    page = await open(AboutPage, 'pkg-doctor/about/about')
    expect(says(page, 'introduction')).toBe('从业十年，擅长慢病管理')
    await page.get('[data-name=save-about]').trigger('tap')
    await vi.waitFor(() => expect(asked).toHaveLength(1))
    page.unmount()
    answers['/v1/practitioners/me/about'] = { specialties: ['高血压'], introduction: '工作台上改过', languages: ['zh'] }
    page = await open(AboutPage, 'pkg-doctor/about/about')
    expect(says(page, 'introduction')).toBe('工作台上改过')
    page.unmount()
  })
})

describe('a rating', () => {
  it('that was begun stays with its visit', async () => {
    as('patient')
    answers['/v1/consultations/{id}/rating'] = { stars: 0, words: '' }
    const show = async (visit: string) => {
      const rating = mount(AppRating, { props: { visit } })
      await vi.waitFor(() => expect(rating.find('[data-name=rating]').exists()).toBe(true))
      return rating as VueWrapper
    }
    let rating = await show('CN1')
    await rating.get('[data-name=star-4]').trigger('tap')
    type(rating, 'rating-words', '讲得很清楚')
    rating.unmount()
    expect(says((rating = await show('CN2')), 'rating-words')).toBe('')
    rating.unmount()
    rating = await show('CN1')
    expect([says(rating, 'rating-words'), rating.get('[data-name=star-4]').attributes('aria-checked')]).toEqual([
      '讲得很清楚',
      'true',
    ])
    answers['PUT /v1/consultations/{id}/rating'] = { stars: 4, words: '讲得很清楚' }
    await rating.get('[data-name=send-rating]').trigger('tap')
    await vi.waitFor(() => expect(asked).toEqual([{ stars: 4, words: '讲得很清楚' }]))
    rating.unmount()
    answers['/v1/consultations/{id}/rating'] = { stars: 5, words: '在另一台手机上改过' }
    expect(says((rating = await show('CN1')), 'rating-words')).toBe('在另一台手机上改过')
    rating.unmount()
  })
})

describe('a count in the pharmacy', () => {
  const line = (drug: string, version: number, onHand: number) => ({
    drug,
    version,
    onHand,
    reserved: 0,
    free: onHand,
    unit: '盒',
    nameZh: drug,
    nameEn: drug,
    strength: '5mg',
  })
  it('stays with its medicine while another is looked at, and is of the moment it was begun', async () => {
    as('dispenser')
    answers['/v1/stock'] = { stock: [line('D1', 3, 10), line('D2', 8, 5)] }
    const page = await open(StockPage, 'pkg-pharmacy/stock/stock')
    await page.get('[data-name=stock-D1]').trigger('tap')
    type(page, 'packages', '9')
    type(page, 'stock-reason', '月底盘点')
    await page.get('[data-name=stock-D2]').trigger('tap')
    expect(says(page, 'packages')).toBe('')
    answers['/v1/stock'] = { stock: [line('D1', 4, 8), line('D2', 8, 5)] } // a colleague hands two out
    for (const [hook] of vi.mocked(onShow).mock.calls) (hook as () => void)()
    await flushPromises()
    await page.get('[data-name=stock-D1]').trigger('tap')
    expect([says(page, 'packages'), says(page, 'stock-reason')]).toEqual(['9', '月底盘点'])
    answers['PUT /v1/stock/{drug}'] = line('D1', 5, 9)
    await page.get('[data-name=stock-save]').trigger('tap')
    await vi.waitFor(() => expect(asked).toHaveLength(1))
    // The server refuses what was counted before the two went.
    expect(asked[0]).toMatchObject({ packages: 9, version: 3 })
    page.unmount()
  })
})
