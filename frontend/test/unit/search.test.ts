// The search looks through all of the patient's papers, not only through the first page of them,
// and through the hospital's medicines.
import { flushPromises, mount } from '@vue/test-utils'
import { expect, it, vi } from 'vitest'
import { onShow } from '@dcloudio/uni-app'
import { begin } from '@/lib/session'
import { fetchWords } from '@/lib/i18n'
import Search from '@/pages/search/search.vue'

const paper = (id: string, drug: string) => ({
  id,
  status: 'dispensed',
  doctor: '李明德',
  person: 'u1',
  totalFen: 640,
  updatedAt: '2026-11-22T08:00:00Z',
  drugs: [{ nameZh: drug, nameEn: drug }],
})

const simvastatin = {
  code: 'D0190',
  name: '辛伐他汀片',
  englishName: 'Simvastatin',
  strength: '20mg',
  package: '14片/盒',
  pieces: 14,
  unit: '片',
  packageUnit: '盒',
  class: 'rx',
}

it('finds a paper of the third page, and a medicine that leads to its own page', async () => {
  Object.assign(globalThis, { getCurrentPages: () => [{ $page: { fullPath: '/pages/search/search' } }] })
  await fetchWords('pages/search/search')
  begin({
    token: 't',
    expiresAt: new Date(Date.now() + 3600_000).toISOString(),
    account: { id: 'u1', person: 'u1', role: 'patient', org: '' },
  })
  const pages: Record<string, object> = {
    '': { items: [paper('RX1', '缬沙坦胶囊')], next: 'b' },
    b: { items: [paper('RX2', '缬沙坦胶囊')], next: 'c' },
    c: { items: [paper('RX3', '辛伐他汀片')] },
  }
  let asked = 0
  const answer = (url: string) => {
    if (url.includes('/v1/prescriptions?')) asked++
    if (url.includes('/v1/prescriptions?')) return pages[new URL(url).searchParams.get('cursor') ?? '']
    if (url.includes('/v1/catalogue/medicines?')) return { medicines: [simvastatin], more: true }
    return url.includes('/v1/doctors') ? { doctors: [], departments: [] } : { departments: [] }
  }
  Object.assign(uni, {
    request: (o: UniApp.RequestOptions) =>
      void Promise.resolve().then(() =>
        o.success?.({ statusCode: 200, data: JSON.stringify(answer(o.url)), header: {}, cookies: [] } as never),
      ),
  })
  vi.useFakeTimers()
  const page = mount(Search)
  vi.mocked(onShow).mock.calls.forEach(([f]) => f())
  await flushPromises()
  expect(asked).toBe(1) // there is no word yet
  await page.find('input').setValue('辛伐他汀')
  await vi.advanceTimersByTimeAsync(500)
  await flushPromises()
  expect(page.find('[data-name="rx-RX3"]').exists()).toBe(true)
  expect(page.find('[data-name="rx-RX1"]').exists()).toBe(false)
  const medicine = page.find('[data-name="medicine-D0190"]')
  expect(medicine.text()).toContain('20mg · 14片/盒')
  const navigateTo = vi.fn()
  Object.assign(uni, { navigateTo })
  await medicine.trigger('tap')
  expect(navigateTo).toHaveBeenCalledWith({ url: '/pages/drug/drug?code=D0190' })
  vi.useRealTimers()
})
