// The bill that is signed has codes and Chinese names. In English the catalogue's name stands
// before the signed one, on old documents as on new ones.
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { api } from '@/lib/api'
import { canonical } from '@/lib/canonical'
import { fetchWords } from '@/lib/i18n'
import { begin, end, type Session } from '@/lib/session'
import { choose } from '@/lib/settings'
import { sheetOf, type Doc } from '@/lib/sheet'
import { files, text } from '../golden'

vi.mock('@/lib/api', async (original) => ({ ...(await original<object>()), api: { get: vi.fn() } }))
const get = vi.mocked(api.get) as unknown as ReturnType<typeof vi.fn>

const bill = (code: string): Doc => ({
  title: '医保移动支付授权 Authorisation of a medical-insurance payment',
  settlement: 'ST1',
  prescription: 'RX1',
  card: 'card-1',
  insutype: '310',
  policy: 'p',
  unit: 'fen',
  fees: [{ code, name: '阿莫西林胶囊', class: '甲', price: 640, quantity: 2, amount: 1280 }],
  split: {
    total: 1280,
    ownPay: 0,
    preSelfPay: 0,
    inScope: 1280,
    deductible: 0,
    pooled: 0,
    fund: 0,
    account: 0,
    cash: 1280,
    hospital: 0,
    person: 1280,
    otherFunds: '',
  },
  at: '2026-11-30T08:05:00+08:00',
})
const named = (doc: Doc) =>
  sheetOf(doc).blocks.flatMap((b) =>
    b.is === 'bill' ? b.lines.map((l) => l.name) : b.is === 'packs' ? b.packs.map((p) => p.name) : [],
  )
const asked = () =>
  get.mock.calls
    .map((c) => (c[1] as { path?: { code?: string } } | undefined)?.path?.code)
    .filter((c) => c?.startsWith('D'))

beforeEach(async () => {
  get
    .mockReset()
    .mockImplementation((path: string, of?: { path: { code: string } }) =>
      of && path.endsWith('leaflet') && of.path.code !== 'D9999'
        ? Promise.resolve({ code: of.path.code, name: '阿莫西林胶囊', englishName: 'Amoxicillin' })
        : Promise.reject(new Error('no such drug')),
    )
  begin({ token: 't', account: { id: 'A1', person: 'u1', role: 'patient' } } as unknown as Session)
  choose({ language: 'en' })
  await fetchWords('pages/home/home')
})
afterEach(() => {
  choose({ language: 'zh-Hans' })
  end()
})

it('names a bill in English beside what is signed, and asks once', async () => {
  expect(named(bill('D0001'))).toEqual(['阿莫西林胶囊']) // never a bare code while it is on its way
  await vi.waitFor(() => expect(named(bill('D0001'))).toEqual(['Amoxicillin (阿莫西林胶囊)']))
  named(bill('D0001'))
  expect(asked()).toEqual(['D0001'])
  const sheet = sheetOf(bill('D0001'))
  expect(sheet.text).toBe(canonical(bill('D0001'))) // what is signed is what it was
  expect(JSON.stringify(sheet.record)).toContain('D0001') // and the code stands in the fold
})

it('says the signed name alone in Chinese, and of a drug the catalogue does not have', async () => {
  expect(named(bill('D9999'))).toEqual(['阿莫西林胶囊'])
  await Promise.resolve()
  choose({ language: 'zh-Hans' })
  get.mockClear()
  expect(named(bill('D0002'))).toEqual(['阿莫西林胶囊'])
  expect(asked()).toEqual([])
})

it('takes the English name of a handed out package from the document itself', () => {
  const dispense = (JSON.parse(text('prescription/document/testdata/documents.json')) as Doc[]).find(
    (d) => String(d.schema) === 'hospital.rx.dispense/3',
  )!
  const item = (dispense.items as Doc[])[0]!
  const about = (dispense.about as { items: Doc[] }).items.map((i) => ({ ...i, code: item.code! }))
  expect(named({ ...dispense, about: { ...(dispense.about as Doc), items: about } })[0]).toBe(
    `English name (${item.name as string}) (${item.code as string})`,
  )
})

it('has the fee of the server in mind: a code and one name', () => {
  const [fees] = files('payment/money', /^fees\.go$/).map((f) => text(`payment/money/${f}`))
  expect(fees).toMatch(/Code\s+string\s+`json:"code"/)
  expect(fees).not.toMatch(/nameEn/)
})
