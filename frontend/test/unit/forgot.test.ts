// A signing PIN is set with twelve digits and one tap on the way to a signature, and a forgotten
// one has a road.
import { flushPromises, mount } from '@vue/test-utils'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { onLoad, onShow } from '@dcloudio/uni-app'
import AppSheetPin from '@/components/app-sheet-pin.vue'
import AppSign from '@/components/app-sign.vue'
import { t } from '@/lib/i18n'
import { begin } from '@/lib/session'
import KeyPage from '@/pages/key/key.vue'

beforeEach(() => {
  begin({
    token: 'T',
    expiresAt: new Date(Date.now() + 3600_000).toISOString(),
    account: { id: 'a', person: 'ume', role: 'patient', org: 'h1' },
  })
  Object.assign(globalThis, { getCurrentPages: () => [] })
  Object.assign(uni, {
    request: (o: UniApp.RequestOptions) =>
      o.success?.({ statusCode: 200, data: '{"keys":[]}', header: {}, cookies: [] } as never),
    showModal: vi.fn((o: UniApp.ShowModalOptions) => o.success?.({ confirm: true, cancel: false } as never)),
  })
})

describe('the signing PIN', () => {
  it.each(['sign', 'forgot'])('is asked for at once by who came for it (%s)', async (why) => {
    vi.mocked(onLoad).mockClear()
    vi.mocked(onShow).mockClear()
    const page = mount(KeyPage)
    for (const [hook] of vi.mocked(onLoad).mock.calls) hook({ why })
    for (const [hook] of vi.mocked(onShow).mock.calls) hook()
    await vi.waitFor(
      () =>
        expect(page.findComponent(AppSheetPin).props()).toMatchObject({
          open: true,
          title: t('key.setPin'),
          forgettable: false,
        }),
      { timeout: 10_000 },
    )
    page.unmount()
  })

  it('when forgotten on the sheet leads to a new one', async () => {
    const sign = mount(AppSign, {
      props: { act: { intent: {}, statement: {}, document: { schema: 'hospital.rx.cancel/2', name: '李' } } as never },
    })
    await sign.get('[data-name="sign"]').trigger('tap')
    await sign.get('[data-name="pin-forgot"]').trigger('tap')
    await flushPromises()
    expect(vi.mocked(uni.showModal).mock.calls[0]![0]).toMatchObject({
      title: t('sign.forgot'),
      content: t('sign.forgotWhat'),
    })
    expect(uni.navigateTo).toHaveBeenCalledWith({ url: '/pages/key/key?why=forgot' })
    sign.unmount()
  })
})
