// What is said of a finding is of the one that is open, and in the order in which it was written.
import { flushPromises, mount } from '@vue/test-utils'
import { afterEach, expect, it, vi } from 'vitest'
import { reactive } from 'vue'
import { api } from '@/lib/api'
import { checkFile, type FileVerdict } from '@/pkg-regulator/lib/check'

vi.mock('@/platform/stream', () => ({ follow: () => () => undefined }))
vi.mock('@/pkg-regulator/lib/check', () => ({ checkFile: vi.fn() }))
vi.mock('vue-router', () => ({ useRoute: () => route, useRouter: () => ({ replace: vi.fn() }) }))

const route = reactive({ params: { id: 'a' } })
// The desk's words are typed in its own program, which this one is no part of.
const { default: Findings } = await import('../../desk/regulator/findings.vue' as string)

const rule = { id: 'r', level: 'alarm', zh: '规则', en: 'rule', citation: { zh: '依据', en: 'source' } }
const dossier = (id: string) =>
  JSON.stringify({
    finding: {
      id,
      rule,
      subject: `volume-${id}`,
      detail: `甲${id}\u202e乙`,
      at: '2026-12-01T00:00:00Z',
      foundAt: '2026-12-01T00:00:00Z',
    },
  })

afterEach(() => void vi.restoreAllMocks())

it('a check that ends when another finding is open says nothing of that one', async () => {
  vi.spyOn(api, 'get').mockImplementation(((path: string) =>
    Promise.resolve(path === '/v1/chain' ? { records: 0 } : { findings: [] })) as never)
  vi.spyOn(api, 'text').mockImplementation(((_: string, { path }: { path: { id: string } }) =>
    Promise.resolve(dossier(path.id))) as never)
  let judge: (v: FileVerdict) => void = () => undefined
  vi.mocked(checkFile).mockImplementation(() => new Promise((said) => (judge = said)))
  const page = mount(Findings, { global: { stubs: { RouterLink: true } } })
  const says = () => page.find('[data-name^=evidence-]').exists()
  await vi.waitFor(() => expect(page.get('[data-name=finding]').text()).toContain('甲a[U+202E]乙'))
  const check = async (calls: number) => {
    await page.get('[data-name=check-evidence]').trigger('click')
    await vi.waitFor(() => expect(checkFile).toHaveBeenCalledTimes(calls))
  }
  await check(1)
  route.params = { id: 'b' }
  await vi.waitFor(() => expect(page.get('[data-name=finding]').text()).toContain('甲b'))
  judge({ items: [], trust: 'same' })
  await flushPromises()
  expect(says()).toBe(false)
  await check(2)
  judge({ items: [], trust: 'same' })
  await flushPromises()
  expect(says()).toBe(true)
})
