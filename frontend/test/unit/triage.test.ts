import { beforeEach, expect, it, vi } from 'vitest'
type Lib = typeof import('@/lib/triage')
let useTriage: Lib['useTriage'], warned: Lib['warned']

const { get, post } = vi.hoisted(() => ({ get: vi.fn(), post: vi.fn() }))
vi.mock('@/lib/api', () => ({ api: { post, get } }))

const both = (zh: string) => ({ zh, en: zh })
const question = (code: string) => ({ code, ask: both(code) })
const found = (more: object) => ({ emergency: false, signs: [], questions: [], again: [], departments: [], ...more })
const sign = { code: 'gi-bleed', level: 2, name: both('呕血'), words: '吐血', advice: both('躺下') }

beforeEach(async () => {
  vi.useFakeTimers()
  post.mockReset()
  get.mockReset().mockResolvedValue({ flagsOn: true, departmentsOn: false })
  vi.resetModules() // the switches are asked for once
  ;({ useTriage, warned } = await import('@/lib/triage'))
})

it('asks once typing pauses, and an answer brings no new questions', async () => {
  post.mockResolvedValueOnce(found({ questions: [question('a'), question('b')] }))
  const triage = useTriage()
  triage.typed('胃', '')
  triage.typed('胃痛', 'child')
  await vi.runAllTimersAsync()
  expect(post).toHaveBeenCalledTimes(1)
  expect(post.mock.calls[0]![1].body).toEqual({ complaint: '胃痛', for: 'child', answers: [] })
  post.mockResolvedValueOnce(found({ questions: [question('c')] }))
  await triage.reply('a', 'no')
  expect(triage.questions.map((q) => q.code)).toEqual(['a', 'b'])
  expect(triage.answers()).toEqual([{ question: 'a', reply: 'no' }])
})

it('asks again what contradicts the words, and sends the reply as meant', async () => {
  post.mockResolvedValueOnce(found({ questions: [question('a')] }))
  const triage = useTriage()
  triage.typed('吐血', '')
  await vi.runAllTimersAsync()
  post.mockResolvedValueOnce(found({ emergency: true, signs: [sign], again: [question('gi-bleed')] }))
  await triage.reply('a', 'no')
  expect(triage.again).toEqual(['gi-bleed'])
  expect(triage.questions.map((q) => q.code)).toEqual(['a', 'gi-bleed'])
  expect(triage.signs).toEqual([sign])
  post.mockResolvedValueOnce(found({}))
  await triage.notSo()
  expect(post.mock.calls[2]![1].body.answers).toContainEqual({ question: 'gi-bleed', reply: 'no', sure: true })
  expect(triage.signs).toEqual([])
})

it('asks nothing where it is switched off', async () => {
  get.mockResolvedValue({ flagsOn: false, departmentsOn: false })
  const triage = useTriage()
  triage.typed('吐血', '')
  await vi.runAllTimersAsync()
  expect([triage.off, triage.looked, post.mock.calls.length]).toEqual([true, false, 0])
})

it('is silent where there is no answer, and forgets with the words', async () => {
  const triage = useTriage()
  get.mockRejectedValueOnce(new Error('away'))
  triage.typed('咳', '')
  await vi.runAllTimersAsync()
  post.mockRejectedValueOnce(new Error('away'))
  triage.typed('咳嗽', '')
  await vi.runAllTimersAsync()
  expect([post.mock.calls.length, triage.off, triage.signs.length, triage.questions.length]).toEqual([1, false, 0, 0])
  post.mockResolvedValueOnce(found({ emergency: true, signs: [sign, { ...sign, level: 3 }] }))
  triage.typed('吐血', '')
  await vi.runAllTimersAsync()
  expect(triage.signs).toEqual([sign])
  triage.typed('', '')
  await vi.runAllTimersAsync()
  expect(triage.signs).toEqual([])
})

it('sends the newest answers, of more than are taken', async () => {
  post.mockResolvedValue(found({ emergency: true, signs: [sign] }))
  const triage = useTriage()
  triage.typed('吐血', '')
  await vi.runAllTimersAsync()
  await triage.reply('gi-bleed', 'unknown')
  for (let i = 0; i < 12; i++) await triage.reply(`q${i}`, 'no')
  await triage.notSo()
  expect(triage.answers()).toHaveLength(12)
  expect(triage.answers()).toContainEqual({ question: 'gi-bleed', reply: 'no', sure: true })
})

it('warns of the newest sign while the visit waits', () => {
  const later = { ...sign, level: 3 }
  const list = [{ sign }, { sign: later }, {}]
  expect([warned(list, 'requested'), warned(list, 'accepted', 2)]).toEqual([later, sign])
  expect([warned(list, 'active'), warned(list, undefined)]).toEqual([undefined, undefined])
})
