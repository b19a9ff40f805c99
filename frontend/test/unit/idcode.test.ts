// The code on the patient's screen renews itself, and is never shown when it is over, whatever
// network and clock do.
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { api } from '@/lib/api'
import { LiveCode, looksLikeIdentity, readIdentity } from '@/lib/idcode'

vi.mock('@/lib/api', () => ({ api: { post: vi.fn() } }))
const post = vi.mocked(api.post) as unknown as ReturnType<typeof vi.fn>
const code = `HID1:H1:${'MFRGGZDF'.repeat(17)}`
let made = 0

beforeEach(() => {
  vi.useFakeTimers()
  made = 0
  // The server's own time is years away: the screen must not care.
  post
    .mockReset()
    .mockImplementation(() =>
      Promise.resolve({
        code: `${code}${made++}`,
        name: '陈晓燕',
        expiresAt: '2040-01-01T00:00:00Z',
        seconds: 90,
        renew: 60,
      }),
    )
})
afterEach(() => vi.useRealTimers())
const pass = (seconds: number) => vi.advanceTimersByTimeAsync(seconds * 1000)

it('is renewed in time, and gone when nobody looks', async () => {
  const live = new LiveCode()
  live.start('u1')
  await pass(0)
  expect([live.code.value, live.name.value, live.left.value]).toEqual([`${code}0`, '陈晓燕', 60])
  await pass(59)
  expect([live.code.value, live.left.value]).toEqual([`${code}0`, 1])
  await pass(1)
  expect(live.code.value).toBe(`${code}1`)
  live.stop()
  expect(live.code.value).toBe('')
  const asked = post.mock.calls.length
  await pass(300)
  expect([post.mock.calls.length, live.code.value]).toEqual([asked, ''])
})

it('is taken away when it is over and no other came', async () => {
  const live = new LiveCode()
  live.start('u1')
  await pass(0)
  post.mockImplementation(() => Promise.reject(new Error('no network')))
  await pass(89)
  expect(live.code.value).toBe(`${code}0`) // still good
  expect(live.trouble.value).toBeDefined()
  await pass(1)
  expect(live.code.value).toBe('')
  post.mockImplementation(() => Promise.resolve({ code, name: '陈晓燕', expiresAt: '', seconds: 90, renew: 60 }))
  await pass(6)
  expect([live.code.value, live.trouble.value]).toEqual([code, undefined])
})

it('counts from when it was asked for: a slow answer is good for less', async () => {
  post.mockImplementation(
    () =>
      new Promise((done) => setTimeout(() => done({ code, name: '', expiresAt: '', seconds: 90, renew: 60 }), 20_000)),
  )
  const live = new LiveCode()
  live.start('u1')
  await pass(20)
  expect(live.left.value).toBe(40)
})

it('never shows one person\'s code under another', async () => {
  const slow = new Map<string, (v: unknown) => void>()
  post.mockImplementation(
    (_: string, { path }: { path: { person: string } }) => new Promise((done) => slow.set(path.person, done)),
  )
  const live = new LiveCode()
  live.start('u1')
  live.start('u2')
  slow.get('u2')!({ code: 'of u2', name: '二', seconds: 90, renew: 60 })
  await pass(0)
  slow.get('u1')!({ code: 'of u1', name: '一', seconds: 90, renew: 60 })
  await pass(0)
  expect([live.code.value, live.name.value]).toEqual(['of u2', '二'])
  live.start('u1')
  expect(live.code.value).toBe('')
  live.stop()
  slow.get('u1')!({ code: 'of u1', name: '一', seconds: 90, renew: 60 })
  await pass(0)
  expect(live.code.value).toBe('') // the page was left meanwhile
})

it('is known from other codes, as scanners write it', async () => {
  for (const text of [code, code.toLowerCase(), ` ${code}\r\n`, code.replace(/:/g, '：')])
    expect(looksLikeIdentity(text), text).toBe(true)
  for (const text of ['', 'HID1:', 'RXP1:RX20261122012345678947:ABC', '40718263', '89117750000000000001', `${code}!`])
    expect(looksLikeIdentity(text), text).toBe(false)
  await readIdentity(` ${code.toLowerCase()}\n`)
  expect(post).toHaveBeenCalledWith('/v1/identity-codes/read', { body: { code } })
})
