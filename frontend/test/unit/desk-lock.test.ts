// A locked desk: no other address, tab or sleep of the machine opens it, and what was on the screen
// is not the next person's to sign.
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { deskOf } from '@/platform/desk'
import { device, tabShelf } from '@/platform/storage'

const account = (person: string) => ({ id: person, person, role: 'doctor' as const, org: 'h1' })
const made = (person: string) => ({
  token: `token of ${person}`,
  expiresAt: new Date(Date.now() + 3600_000).toISOString(),
  account: account(person),
})

/**
 * The programs as they start in this tab, or in another one that knows only what is on the device.
 */
async function start(another = false) {
  if (another) sessionStorage.clear()
  vi.resetModules()
  const session = await import('@/lib/session')
  const lock = await import('../../desk/lock')
  const signer = await import('../../desk/signer')
  return { ...session, ...lock, ...signer }
}

beforeEach(() => {
  vi.useRealTimers()
  sessionStorage.clear()
  for (const key of device.keys('')) device.remove(key)
})

describe('a locked desk', () => {
  it('is no session for the phone’s pages in its tab, until somebody logs in', async () => {
    const desk = await start()
    desk.begin(made('u1'))
    desk.lock()
    const phone = await start()
    expect(phone.session.value).toBeUndefined()
    phone.begin(made('u2'))
    expect((await start()).session.value?.account.person).toBe('u2')
  })

  it.each([true, false])(
    'leaves no session behind at the server when somebody logs in over it; its own person: %s',
    async (same) => {
      const desk = await start()
      desk.begin(made('u1'), true)
      desk.lock()
      const next = await start()
      const ended: string[] = []
      next.onLeftBehind.run = (token) => ended.push(token)
      next.begin({ ...made(same ? 'u1' : 'u2'), token: 'a new one' })
      expect(ended).toEqual(['token of u1'])
    },
  )

  it('keeps the session that its person works with elsewhere on the device', async () => {
    const desk = await start()
    desk.begin(made('u1'), true)
    const ended: string[] = []
    desk.onLeftBehind.run = (token) => ended.push(token)
    desk.begin({ ...made('u1'), token: 'a new one' }, true)
    desk.begin({ ...made('u1'), token: 'a new one' }, true) // told twice
    expect(ended).toEqual([])
  })

  it('is no session for another tab, also of who stays logged in on the device', async () => {
    const desk = await start()
    desk.begin(made('u1'), true)
    desk.own.write('drafts', 'a draft')
    desk.lock()
    expect(desk.own.read('drafts')).toBe('a draft')
    expect((await start(true)).session.value).toBeUndefined()
  })

  it('is locked when the machine has slept', async () => {
    vi.useFakeTimers()
    const desk = await start()
    desk.begin(made('u1'))
    desk.lockWhenIdle()
    vi.setSystemTime(Date.now() + 3600_000) // no timer ran meanwhile
    document.dispatchEvent(new Event('pointermove'))
    expect(desk.locked.value).toBe(true)
    expect(tabShelf().read('desk-locked')).not.toBe('')
  })

  it('leaves no document to the next person', async () => {
    const desk = await start()
    desk.begin(made('u1'))
    const signed = desk.signAct({ ask: () => Promise.reject(new Error()), kind: 'rx.issue', action: 'sign' })
    expect(desk.request.value).toBeDefined()
    desk.end()
    expect(desk.request.value).toBeUndefined()
    expect(await signed).toBeUndefined()
  })
})

it('the desk is found below whatever path the hospital is served at', () => {
  expect(deskOf('https://a.cn/#/pages/login/login')).toBe('https://a.cn/desk/')
  expect(deskOf('https://a.cn/hospital/index.html#/pages/home/home?x=/y')).toBe('https://a.cn/hospital/desk/')
})
