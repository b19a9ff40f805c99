// In the elder mode how a medicine is taken is read aloud, every one of a prescription.
import { flushPromises, mount } from '@vue/test-utils'
import { expect, it, vi } from 'vitest'
import { onShow } from '@dcloudio/uni-app'
import AppAloud from '@/components/app-aloud.vue'
import { begin } from '@/lib/session'
import { choose } from '@/lib/settings'
import { fetchWords } from '@/lib/i18n'
import Medicine from '@/pages/medicine/medicine.vue'

const item = (drug: string, nameZh: string, notes?: string) => ({
  drug,
  nameZh,
  nameEn: drug,
  strength: '5mg',
  dose: '5',
  doseUnit: 'mg',
  frequency: 'qd',
  route: 'po',
  routeName: '口服',
  days: 7,
  packages: 1,
  notes,
})

it('says name, dose and advice of each medicine', async () => {
  Object.assign(globalThis, { getCurrentPages: () => [{ $page: { fullPath: '/pages/medicine/medicine' } }] })
  await fetchWords('pages/medicine/medicine')
  choose({ scale: 1.4 })
  begin({
    token: 't',
    expiresAt: new Date(Date.now() + 3600_000).toISOString(),
    account: { id: 'u1', person: 'u1', role: 'patient', org: '' },
  })
  const content = {
    visit: 'CN1',
    patient: { person: 'u1', name: '林晓东' },
    items: [item('D1', '苯磺酸氨氯地平片'), item('D2', '缬沙坦胶囊', '空腹服')],
    findings: [],
  }
  const answer = (url: string) =>
    url.includes('/v1/prescriptions/')
      ? { id: 'RX1', status: 'dispensed', content }
      : url.includes('/v1/consultations/')
        ? { doctor: 'd1' }
        : {}
  Object.assign(uni, {
    request: (o: UniApp.RequestOptions) =>
      void Promise.resolve().then(() =>
        o.success?.({
          statusCode: o.url.includes('leaflet') ? 404 : 200,
          data: JSON.stringify(answer(o.url)),
          header: {},
          cookies: [],
        } as never),
      ),
  })
  const page = mount(Medicine)
  vi.mocked(onShow).mock.calls.forEach(([f]) => f())
  await vi.waitFor(() => expect(page.findComponent(AppAloud).exists()).toBe(true), 8000)
  await flushPromises()
  const said = page.findComponent(AppAloud).props('text')
  for (const words of ['苯磺酸氨氯地平片', '缬沙坦胶囊', '空腹服', '7']) expect(said).toContain(words)
})
