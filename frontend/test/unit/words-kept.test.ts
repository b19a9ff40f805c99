// Nothing is told sent, and nothing that was typed goes away, before the server has taken these
// very words.
import { flushPromises, mount } from '@vue/test-utils'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { onLoad, onShow } from '@dcloudio/uni-app'
import AppField from '@/components/app-field.vue'
import { useDraft } from '@/lib/draft'
import { keptBundles } from '@/lib/bundles'
import { t } from '@/lib/i18n'
import { begin, end, expire, own, type Role } from '@/lib/session'
import { Chat } from '@/lib/socket'
import * as storage from '@/platform/storage'
import ProfilePage from '@/pages/profile/profile.vue'
import PayPage from '@/pages/pay/pay.vue'
import PickupPage from '@/pages/pickup/pickup.vue'
import RequestPage from '@/pages/request/request.vue'
import NotePage from '@/pkg-doctor/note/note.vue'
import StockPage from '@/pkg-pharmacy/stock/stock.vue'
import TransferPage from '@/pages/transfer/transfer.vue'

type Answer = { status?: number; body?: unknown }
type Body = Record<string, unknown>
type Route = (body: Body) => Answer | Promise<Answer>

/** What was asked, in order: 'POST /v1/…'. */
let asked: { what: string; body: Body; key?: string }[]

function server(routes: Record<string, Route>) {
  Object.assign(uni, {
    request: async (o: UniApp.RequestOptions) => {
      const what = `${o.method} ${o.url.replace(/^https?:\/\/[^/]*/, '').replace(/\?.*/, '')}`
      const body = (o.data ? JSON.parse(String(o.data)) : {}) as Body
      asked.push({ what, body, key: (o.header as Record<string, string>)['Idempotency-Key'] })
      const { status = 200, body: answer = {} } = (await routes[what]?.(body)) ?? {
        status: 404,
        body: { status: 404, code: 'not-found' },
      }
      o.success?.({ statusCode: status, data: JSON.stringify(answer), header: {}, cookies: [] } as never)
    },
  })
}

const refused = (status: number, code: string, more = {}) => ({ status, body: { status, code, detail: '', ...more } })
const commands = () => asked.filter((a) => !a.what.startsWith('GET '))

/** A page as uni opens it, by somebody who is logged in. */
async function open(page: Parameters<typeof mount>[0], query: Record<string, string> = {}) {
  vi.mocked(onLoad).mockClear()
  vi.mocked(onShow).mockClear()
  const w = mount(page)
  for (const [hook] of vi.mocked(onLoad).mock.calls) hook(query)
  for (const [hook] of vi.mocked(onShow).mock.calls) hook()
  await flushPromises()
  opened = w
  // uni's input gives text whatever its type, a browser's does not.
  const field = (name: string) => w.findAllComponents(AppField).find((f) => f.props('name') === name)!
  return {
    type: async (name: string, text: string) => {
      field(name).vm.$emit('update:modelValue', text)
      await flushPromises()
    },
    typed: (name: string) => field(name).props('modelValue'),
    tap: async (name: string) => {
      await w.get(`[data-name="${name}"]`).trigger('tap')
      await flushPromises()
    },
    has: (name: string) => w.find(`[data-name="${name}"]`).exists(),
  }
}

let opened: ReturnType<typeof mount> | undefined

/** The dialog's answer. */
const agrees = (yes: boolean) =>
  vi.fn((o: UniApp.ShowModalOptions) => o.success?.({ confirm: yes, cancel: !yes } as never))
const toasts = () => vi.mocked(uni.showToast).mock.calls.map(([o]) => o?.title)

let sessions = 0
function enter(role: Role, person = 'ume') {
  begin({
    token: `T${++sessions}`,
    expiresAt: new Date(Date.now() + 3600_000).toISOString(),
    account: { id: 'a', person, role, org: 'h1' },
  })
}

afterEach(() => opened?.unmount())
beforeEach(() => {
  end()
  asked = []
  vi.clearAllMocks()
  Object.assign(globalThis, { getCurrentPages: () => [] })
  Object.assign(uni, { showModal: agrees(true), showActionSheet: vi.fn(), pageScrollTo: vi.fn() })
})

describe('asking a doctor', () => {
  const child = { person: 'uchild', name: '小明', health: {}, guardian: true }
  const ward = (more: Record<string, Route>) =>
    server({
      'GET /v1/doctors': () => ({
        body: { doctors: [{ person: 'udoc', name: '王淑芬', title: 'chief', feeFen: 3000, presence: 'online' }] },
      }),
      'GET /v1/doctors/udoc': () => ({
        body: { person: 'udoc', name: '王淑芬', title: 'chief', feeFen: 3000, presence: 'online' },
      }),
      'GET /v1/patients/me': () => ({ body: { person: 'ume', bound: true, health: {} } }),
      'GET /v1/patients/me/family': () => ({ body: { family: [child] } }),
      'GET /v1/doctors/udoc/slots': () => ({ body: { slots: [] } }),
      // The list has both visits; which one stands in the way only the refusal says.
      'GET /v1/consultations': () => ({
        body: {
          consultations: [
            { id: 'CNchild', doctor: 'udoc', patient: 'uchild' },
            { id: 'CNown', doctor: 'udoc', patient: 'ume' },
          ],
        },
      }),
      ...more,
    })
  const occupied = (id: string) => () => refused(409, 'consultation-open', { consultation: id })

  it('with whom a visit is open says that nothing was sent, and keeps the words', async () => {
    enter('patient')
    ward({ 'POST /v1/consultations': occupied('CNown') })
    Object.assign(uni, { showModal: agrees(false) })
    const page = await open(RequestPage, { doctor: 'udoc' })
    await page.type('complaint', '胸口发闷')
    await page.tap('send-request')
    expect(toasts()).toEqual([])
    expect(uni.redirectTo).not.toHaveBeenCalled()
    expect(vi.mocked(uni.showModal).mock.calls[0]![0]).toMatchObject({
      title: t('patient.openVisit'),
      content: t('patient.openVisitMine', { doctor: '王淑芬' }),
    })
    expect(page.typed('complaint')).toBe('胸口发闷')
    expect(useDraft('request', { complaint: '' }).form.complaint).toBe('胸口发闷')
    expect(commands().map((a) => a.what)).toEqual(['POST /v1/consultations'])
  })

  it.each([
    ['', 'CNown'],
    ['uchild', 'CNchild'],
  ])('sends the words into the open visit when the person says so (for %s)', async (whom, visit) => {
    enter('patient')
    ward({
      'POST /v1/consultations': occupied(visit),
      [`POST /v1/consultations/${visit}/messages`]: () => ({ body: { seq: 7 } }),
    })
    const kept = useDraft('request', { complaint: '', duration: '', prior: '', child: '', guardian: false })
    Object.assign(kept.form, { complaint: '胸口发闷', duration: '两天', child: whom, guardian: whom !== '' })
    const page = await open(RequestPage, { doctor: 'udoc' })
    await page.tap('send-request')
    const words = vi.mocked(uni.showModal).mock.calls[0]![0]
    expect(words).toMatchObject({
      content: whom
        ? t('patient.openVisitChild', { name: '小明', doctor: '王淑芬' })
        : t('patient.openVisitMine', { doctor: '王淑芬' }),
    })
    const [first, second] = commands()
    expect(second?.what).toBe(`POST /v1/consultations/${visit}/messages`)
    expect(second?.body).toEqual({
      kind: 'text',
      text: `${t('patient.complaint')}：胸口发闷\n${t('patient.duration')}：两天`,
    })
    expect(second?.key).toBe(`${first?.key}-m`)
    expect(toasts()).toEqual([t('patient.openVisitSent')])
    expect(uni.redirectTo).toHaveBeenCalledWith({ url: `/pages/chat/chat?id=${visit}` })
    expect(useDraft('request', { complaint: '' }).form.complaint).toBe('')
  })

  it('keeps the words when the open visit does not take them either', async () => {
    enter('patient')
    ward({
      'POST /v1/consultations': occupied('CNown'),
      'POST /v1/consultations/CNown/messages': () => refused(409, 'consultation-state'),
    })
    const page = await open(RequestPage, { doctor: 'udoc' })
    await page.type('complaint', '胸口发闷')
    await page.tap('send-request')
    expect(toasts()).toEqual([])
    expect(page.typed('complaint')).toBe('胸口发闷')
    expect(uni.redirectTo).not.toHaveBeenCalled()
  })

  it('keeps what is typed while the answer is on its way', async () => {
    enter('patient')
    let answer: (a: Answer) => void = () => undefined
    ward({ 'POST /v1/consultations': () => new Promise((resolve) => (answer = resolve)) })
    const page = await open(RequestPage, { doctor: 'udoc' })
    await page.type('complaint', '胸口发闷')
    await page.tap('send-request')
    await page.type('complaint', '胸口发闷，左臂发麻')
    answer({ status: 201, body: { id: 'CNnew' } })
    await flushPromises()
    expect(commands()[0]?.body.complaint).toBe('胸口发闷')
    expect(useDraft('request', { complaint: '' }).form.complaint).toBe('胸口发闷，左臂发麻')
  })
})

describe('the own record', () => {
  const me = {
    person: 'ume',
    bound: true,
    name: '张三',
    sex: 'male',
    version: 3,
    health: { allergies: [], allergiesAsked: true },
    claim: 'proven',
  }
  const record = (put: Route) =>
    server({
      'GET /v1/patients/me': () => ({ body: me }),
      'GET /v1/patients/me/family': () => ({ body: { family: [] } }),
      'PUT /v1/patients/ume': put,
    })

  it('keeps a weight that was refused, and empties it when it was taken', async () => {
    enter('patient')
    let answer: Answer = refused(409, 'version-conflict')
    record(() => answer)
    const page = await open(ProfilePage)
    await page.type('weight', '63.5')
    await page.tap('save-weight')
    expect([page.typed('weight'), toasts()]).toEqual(['63.5', []])
    answer = { body: me }
    await page.tap('save-weight')
    expect([page.typed('weight'), toasts()]).toEqual(['', [t('patient.saved')]])
  })

  it('empties no other form than the one that was saved', async () => {
    enter('patient')
    record(() => ({ body: me }))
    const page = await open(ProfilePage)
    await page.type('allergy', '青霉素')
    await page.type('phone', '13800138000')
    await page.type('weight', '63.5')
    await page.tap('save-weight')
    expect(['weight', 'phone', 'allergy'].map(page.typed)).toEqual(['', '13800138000', '青霉素'])
    await page.tap('save-phone')
    expect(['phone', 'allergy'].map(page.typed)).toEqual(['', '青霉素'])
    expect(commands().map((a) => a.body.phone)).toEqual([undefined, '13800138000'])
  })
})

/** A person whose record is bound. */
const boundTo = (person: string, name: string, more = {}) => ({
  person,
  bound: true,
  name,
  sex: 'male',
  version: 3,
  health: { allergies: [], allergiesAsked: true },
  claim: 'proven',
  ...more,
})

describe('who somebody is', () => {
  const ID = '110101199003071233'
  const asks = (own: object, children: object[] = [], more: Record<string, Route> = {}) =>
    server({
      'GET /v1/patients/me': () => ({ body: own }),
      'GET /v1/patients/me/family': () => ({ body: { family: children } }),
      ...more,
    })
  /** All that the device keeps. */
  const onDevice = () => JSON.stringify([own, storage].flatMap((s) => s.keys('').map((k) => s.read(k))))
  const stranger = { person: 'ume', bound: false, health: {} }

  it('is written to the device by name alone: numbers stay in memory, and go with the session', async () => {
    enter('patient')
    asks(stranger)
    const page = await open(ProfilePage)
    await page.type('id-name', '张三')
    await page.type('id-number', ID)
    expect(onDevice()).toContain('张三')
    expect(onDevice()).not.toContain(ID)
    opened?.unmount()
    const again = await open(ProfilePage)
    expect([again.typed('id-name'), again.typed('id-number')]).toEqual(['张三', ID])
    opened?.unmount()
    expire()
    enter('patient')
    const later = await open(ProfilePage)
    expect([later.typed('id-name'), later.typed('id-number')]).toEqual(['张三', ''])
  })

  it('is taken off a device on which an earlier version wrote it', async () => {
    enter('patient')
    const papers = { document: 'resident', country: '', idNumber: ID, sex: 'female', birthDate: '' }
    own.write('drafts', JSON.stringify({ identity: { name: '张三', papers, adding: false } }))
    asks(stranger)
    await open(ProfilePage)
    expect(onDevice()).toContain('张三')
    expect(onDevice()).not.toContain(ID)
  })

  it('keeps no telephone either', async () => {
    enter('patient')
    asks(boundTo('ume', '张三'))
    const page = await open(ProfilePage)
    await page.type('phone', '13800138000')
    expect(onDevice()).not.toContain('13800138000')
    opened?.unmount()
    expect((await open(ProfilePage)).typed('phone')).toBe('13800138000')
  })

  it('is asked for no more when the child is there, whose answer was lost', async () => {
    enter('patient')
    asks(boundTo('ume', '张三'))
    const page = await open(ProfilePage)
    await page.tap('add-child')
    await page.type('id-name', '小明')
    opened?.unmount()
    asks(boundTo('ume', '张三'), [boundTo('uchild', '小明', { idNumber: '110101********1233' })])
    expect((await open(ProfilePage)).has('bind')).toBe(false)
    expect(useDraft('identity', { name: '', adding: false }).form).toMatchObject({ name: '', adding: false })
  })

  it('stays as it was typed while the child is not there', async () => {
    enter('patient')
    asks(boundTo('ume', '张三'), [boundTo('uother', '小红', { idNumber: '110101********1233' })])
    const page = await open(ProfilePage)
    await page.tap('add-child')
    await page.type('id-name', '小明')
    opened?.unmount()
    const again = await open(ProfilePage)
    expect([again.has('bind'), again.typed('id-name')]).toEqual([true, '小明'])
  })

  it('does not stand in the form of a child when it was one’s own and one is bound', async () => {
    enter('patient')
    asks(stranger)
    const page = await open(ProfilePage)
    await page.type('id-name', '张三')
    opened?.unmount()
    asks(boundTo('ume', '张三'))
    const bound = await open(ProfilePage)
    await bound.tap('add-child')
    expect(bound.typed('id-name')).toBe('')
  })
})

describe('the record of a child', () => {
  it('has forms of its own: what was typed for oneself is not there, and is saved for nobody else', async () => {
    enter('patient')
    server({
      'GET /v1/patients/me': () => ({ body: boundTo('ume', '张三') }),
      'GET /v1/patients/me/family': () => ({ body: { family: [boundTo('uchild', '小明')] } }),
      'PUT /v1/patients/uchild': () => ({ body: boundTo('uchild', '小明') }),
    })
    const page = await open(ProfilePage)
    await page.type('allergy', '青霉素')
    await page.tap('of-uchild')
    expect(page.typed('allergy')).toBe('')
    await page.type('weight', '21')
    await page.tap('save-weight')
    await page.tap('of-ume')
    expect([page.typed('allergy'), page.typed('weight')]).toEqual(['青霉素', ''])
    expect(commands().map((a) => a.what)).toEqual(['PUT /v1/patients/uchild'])
  })
})

describe('a note', () => {
  const visit = (version: number, complaint: string) => ({
    id: 'CN1',
    state: 'active',
    intake: { complaint: '' },
    next: ['note'],
    note: { version, complaint, history: '', plan: '休息', diagnoses: [{ code: 'J06.9', name: '上感' }] },
  })
  const ward = (now: () => unknown, put: Route) =>
    server({
      'GET /v1/consultations/CN1': () => ({ body: now() }),
      'GET /v1/consultations/CN1/patient': () => ({
        body: { person: 'upat', health: { allergies: [], chronic: [] }, prior: [] },
      }),
      'PUT /v1/consultations/CN1/note': put,
    })

  it.each([true, false])(
    'that was changed elsewhere meanwhile stays as it was typed when its doctor says so (%s)',
    async (mine) => {
      enter('doctor', 'udoc')
      let stored = visit(1, '咳嗽')
      ward(
        () => stored,
        (b) =>
          b.version === stored.note.version ? { body: visit(3, String(b.complaint)) } : refused(409, 'note-version'),
      )
      const page = await open(NotePage, { id: 'CN1' })
      await page.type('complaint', '咳嗽三天，无发热')
      stored = visit(2, '咳嗽，别处写的')
      Object.assign(uni, { showModal: agrees(mine) })
      await page.tap('save-note')
      await flushPromises()
      expect(vi.mocked(uni.showModal).mock.calls.map(([o]) => o?.title)).toEqual([t('doctor.noteOther')])
      expect(page.typed('complaint')).toBe(mine ? '咳嗽三天，无发热' : '咳嗽，别处写的')
      await page.tap('save-note')
      expect(commands().slice(-1)[0]?.body).toMatchObject({
        version: 2,
        complaint: mine ? '咳嗽三天，无发热' : '咳嗽，别处写的',
      })
    },
  )

  it('that nobody typed over is shown as it was saved elsewhere, without a question', async () => {
    enter('doctor', 'udoc')
    let stored = visit(1, '咳嗽')
    ward(() => stored, () => refused(409, 'note-version'))
    await open(NotePage, { id: 'CN1' })
    opened?.unmount()
    stored = visit(2, '咳嗽，别处写的')
    const page = await open(NotePage, { id: 'CN1' })
    expect([page.typed('complaint'), vi.mocked(uni.showModal).mock.calls.length]).toEqual(['咳嗽，别处写的', 0])
  })
})

describe('the stock', () => {
  it('keeps the count of another line that was opened while the first was saved', async () => {
    enter('dispenser', 'uph')
    let answer: (a: Answer) => void = () => undefined
    const line = (drug: string) => ({
      drug,
      nameZh: drug,
      nameEn: drug,
      strength: '',
      unit: 'box',
      free: 1,
      onHand: 1,
      reserved: 0,
      version: 1,
    })
    server({
      'GET /v1/stock': () => ({ body: { stock: [line('D1'), line('D2')] } }),
      'PUT /v1/stock/D1': () => new Promise((resolve) => (answer = resolve)),
    })
    const page = await open(StockPage)
    await page.tap('stock-D1')
    await page.type('packages', '5')
    await page.type('stock-reason', '到货一批')
    await page.tap('stock-save')
    await page.tap('stock-D2')
    await page.type('packages', '9')
    answer({ body: { ...line('D1'), onHand: 6 } })
    await flushPromises()
    expect(page.typed('packages')).toBe('9')
  })
})

describe('choosing a pharmacy', () => {
  const RX = 'RX20261130000000000003'
  const item = (nameZh: string) => ({ drug: nameZh, nameZh, nameEn: nameZh })
  const stock = (pharmacy: string, ...missing: number[]) => ({ pharmacy, complete: !missing.length, missing })
  it('offers all of them, those with everything first, and says what another lacks', async () => {
    enter('patient')
    let choice: object | undefined
    server({
      [`GET /v1/prescriptions/${RX}`]: () => ({
        body: { id: RX, status: 'paid', content: { items: [item('缬沙坦'), item('辛伐他汀')], choice, patient: {} } },
      }),
      'GET /v1/pharmacies': () => ({
        body: {
          pharmacies: [
            { id: 'p1', name: '百草堂', stock: stock('p1', 0, 1) },
            { id: 'p2', name: '康宁', stock: stock('p2', 1) },
            { id: 'p3', name: '外院药店' },
            { id: 'p4', name: '同春', stock: stock('p4') },
          ],
        },
      }),
      [`PUT /v1/prescriptions/${RX}/pharmacy`]: (b) => ({ body: (choice = { pharmacy: b.pharmacy }) }),
    })
    const page = await open(PickupPage, { id: RX })
    const rows = () => opened!.findAll('[role=radio]').map((r) => r.attributes('data-name'))
    expect(rows()).toEqual(['pharmacy-p4', 'pharmacy-p3', 'pharmacy-p2', 'pharmacy-p1'])
    expect(opened!.get('[data-name=pharmacy-p2]').text()).toContain(t('patient.lacks', { drugs: '辛伐他汀' }))
    expect(opened!.get('[data-name=pharmacy-p3]').text()).toContain(t('patient.stockUnknown'))
    await page.tap('pharmacy-p2')
    const chosen = opened!.findAll('[aria-checked=true]').map((r) => r.attributes('data-name'))
    expect([chosen, rows()[2]]).toEqual([['pharmacy-p2'], 'pharmacy-p2'])
  })
})

describe('a payment', () => {
  const RX = 'RX20261130000000000002'
  const split = { total: 1000, fund: 0, account: 0, cash: 1000 }
  it.each([
    ['settled', 'paid', 'paid'],
    ['settled', 'claimed', 'paid'],
    ['settled', 'cancelled', 'paid-back'],
    ['settled', 'expired', 'paid-back'],
    ['refunding', 'cancelled', 'paid-back'],
    ['refunded', 'cancelled', 'paid-back'],
    ['failed', 'approved', 'pay-failed'],
  ])('that is %s, of a prescription that is %s, shows %s', async (status, rx, shown) => {
    enter('patient')
    server({
      [`GET /v1/prescriptions/${RX}`]: () => ({ body: { id: RX, status: rx } }),
      'GET /v1/settlements/PO1': () => ({ body: { id: 'PO1', status, split } }),
    })
    const page = await open(PayPage, { id: RX })
    ;(opened!.vm as unknown as { signed(done: object): void }).signed({
      settlement: { id: 'PO1', status: 'opened', split },
    })
    await flushPromises()
    expect(['paid', 'paid-back', 'pay-failed'].filter(page.has)).toEqual([shown])
  })
})

describe('a prescription kept on the phone', () => {
  const RX = 'RX20261130000000000001'
  const keep = () => own.write(`bundle/ume/${RX}`, '{"accessCode":"A"}')
  const hospital = (code: string, status: number) =>
    server({ [`GET /v1/prescriptions/${RX}/bundle`]: () => refused(status, code) })

  it('stays when the hospital does not know it, and goes when it is over', async () => {
    enter('patient')
    keep()
    hospital('not-found', 404)
    expect((await open(TransferPage, { id: RX })).has('bundle-here')).toBe(true)
    opened?.unmount()
    expect(own.read(`bundle/ume/${RX}`)).not.toBe('')
    hospital('status', 409)
    expect((await open(TransferPage, { id: RX })).has('bundle-over')).toBe(true)
    expect(own.read(`bundle/ume/${RX}`)).toBe('')
  })

  it('is shown among others once more when it is over, and kept no longer', async () => {
    enter('patient')
    for (const id of ['RXopen', 'RXdone', 'RXunknown']) own.write(`bundle/ume/${id}`, '{}')
    const stands = (id: string, status: string) => ({
      [`GET /v1/prescriptions/${id}`]: () => ({ body: { id, status } }),
    })
    server({ ...stands('RXopen', 'paid'), ...stands('RXdone', 'dispensed') })
    await open(TransferPage)
    expect(opened!.get('[data-name=kept-RXdone]').text()).toContain(t('status.rx.dispensed'))
    expect(opened!.get('[data-name=kept-RXunknown]').text()).toContain(t('patient.transferUntold'))
    expect(keptBundles('ume').sort()).toEqual(['RXopen', 'RXunknown'])
  })
})

describe('a message on a phone that is full', () => {
  it('is not shown as on its way', async () => {
    enter('patient')
    const chat = new Chat('CN1', 'ume', () => ({ send: vi.fn(), close: vi.fn() }))
    const full = vi.spyOn(storage, 'write').mockImplementation(() => {
      throw new Error('full')
    })
    await expect(chat.say('您好')).rejects.toThrow()
    full.mockRestore()
    expect(chat.view.unsent).toEqual([])
  })
})
