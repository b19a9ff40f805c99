// A session belongs to its tab: two people in one browser do not throw each other out, and the
// device remembers whom it was told to.
import { beforeEach, describe, expect, it, vi } from 'vitest'
import type { Role } from '@/lib/session'
import { device } from '@/platform/storage'

const made = (person: string, role: Role = 'patient', token = `token of ${person}`) => ({
  token,
  expiresAt: new Date(Date.now() + 3600_000).toISOString(),
  account: { id: person, person, role, org: 'h1' },
})

/**
 * A tab of the browser: modules and sessionStorage of its own; the device's storage is everybody's.
 */
class Tab {
  private kept: Record<string, string> = {}
  private lib?: typeof import('@/lib/session')

  async in<T>(work: (lib: typeof import('@/lib/session'), drafts: typeof import('@/lib/draft')) => T): Promise<T> {
    sessionStorage.clear()
    for (const [k, v] of Object.entries(this.kept)) sessionStorage.setItem(k, v)
    if (!this.lib) {
      vi.resetModules()
      this.lib = await import('@/lib/session')
      this.drafts = await import('@/lib/draft')
    }
    const answer = work(this.lib, this.drafts!)
    this.kept = { ...sessionStorage }
    return answer
  }

  private drafts?: typeof import('@/lib/draft')

  /** As after F5: the program begins anew with what is kept. */
  reload(): void {
    this.lib = undefined
  }
}

const who = (tab: Tab) => tab.in((s) => s.session.value?.account.person)
const text = (tab: Tab) => tab.in((_, d) => d.useDraft('request', { words: '' }).form.words)
const type = (tab: Tab, words: string) =>
  tab.in((_, d) => void (d.useDraft('request', { words: '' }).form.words = words))

beforeEach(() => vi.restoreAllMocks())

describe('two tabs', () => {
  it('of two people go on side by side, and over a reload', async () => {
    const [one, two] = [new Tab(), new Tab()]
    await one.in((s) => s.begin(made('u1')))
    await type(one, '头痛')
    await two.in((s) => s.begin(made('u2', 'doctor'), true))
    await type(two, '休息')
    one.reload()
    two.reload()
    expect([await who(one), await text(one), await who(two), await text(two)]).toEqual(['u1', '头痛', 'u2', '休息'])
    expect(await who(new Tab())).toBe('u2') // the device remembers that one
    await one.in((s) => s.end())
    two.reload()
    expect([await who(one), await who(two), await text(two), await who(new Tab())]).toEqual([
      undefined,
      'u2',
      '休息',
      'u2',
    ])
  })

  it('do not end each other: a session that the server ended takes no other one with it', async () => {
    const [one, two] = [new Tab(), new Tab()]
    await one.in((s) => s.begin(made('u1'), true))
    await two.in((s) => s.begin(made('u2'), true)) // the device is told another name
    await one.in((s) => s.expire())
    two.reload()
    expect([await who(two), await who(new Tab())]).toEqual(['u2', 'u2'])
  })

  // The first one's drafts went to the device, where the second one read them, and the first one
  // read the second's.
  it('show nobody what another types, when both are remembered', async () => {
    const [one, two] = [new Tab(), new Tab()]
    await one.in((s) => s.begin(made('u1'), true))
    await two.in((s) => s.begin(made('u2'), true))
    await type(two, '休息')
    expect(await text(one)).toBe('')
    await type(one, '头痛')
    expect(await text(two)).toBe('休息')
    one.reload()
    expect([await text(one), await text(two)]).toEqual(['头痛', '休息'])
    await one.in((s) => s.end())
    expect([await text(two), await text(new Tab())]).toEqual(['休息', '休息'])
    await two.in((s) => s.end())
    expect(device.keys('')).toEqual([])
  })

  it('leave nothing on the device that was typed behind a log-out elsewhere', async () => {
    const [one, two] = [new Tab(), new Tab()]
    await one.in((s) => s.begin(made('u1'), true))
    await who(two)
    await two.in((s) => s.end())
    await type(one, '头痛')
    expect([await text(one), device.keys('')]).toEqual(['头痛', []])
  })

  it('of one person who is remembered are one session, and nothing of it is left behind a log-out', async () => {
    const one = new Tab()
    await one.in((s) => s.begin(made('u1'), true))
    await type(one, '头痛')
    const two = new Tab()
    expect([await who(two), await text(two)]).toEqual(['u1', '头痛'])
    await two.in((s) => s.end())
    expect([await who(new Tab()), device.keys('')]).toEqual([undefined, []])
    await one.in((s) => s.expire()) // its next answer says so
    one.reload()
    expect([await who(one), device.keys('')]).toEqual([undefined, []])
  })
})

describe('what was typed', () => {
  it.each([
    [true, false],
    [false, true],
    [true, true],
    [false, false],
  ])('waits for its author, who is remembered or not (%s, then %s)', async (before, after) => {
    const tab = new Tab()
    await tab.in((s) => s.begin(made('u1'), before))
    await type(tab, '头痛')
    await tab.in((s) => s.expire())
    tab.reload()
    await tab.in((s) => s.begin(made('u1', 'patient', 'another token'), after))
    expect(await text(tab)).toBe('头痛')
    expect(device.keys('').includes('drafts')).toBe(after)
  })

  it('without being remembered is gone with the tab', async () => {
    const tab = new Tab()
    await tab.in((s) => s.begin(made('u1')))
    await type(tab, '头痛')
    expect([await who(new Tab()), device.keys('')]).toEqual([undefined, []])
  })

  it('by somebody who was remembered is gone when the device is told to remember another', async () => {
    const tab = new Tab()
    await tab.in((s) => s.begin(made('u1'), true))
    await type(tab, '头痛')
    await new Tab().in((s) => s.begin(made('u2'), true))
    expect(device.read('drafts')).toBe('')
  })
})

it('that comes when somebody is logged in already is ended, and nobody else\'s', async () => {
  const tab = new Tab()
  const ended: string[] = []
  await tab.in((s) => {
    s.onLeftBehind.run = (token) => void ended.push(token)
    expect(s.beginFirst(made('u1'))).toBe(true)
    expect(s.beginFirst(made('u2'))).toBe(false)
    expect(s.session.value?.account.person).toBe('u1')
  })
  expect(ended).toEqual(['token of u2'])
})

it('that ended is still the one of the pages that are drawn until the log-in page stands there', async () => {
  const tab = new Tab()
  await tab.in((s) => {
    expect(() => s.me()).toThrow() // nobody has logged in
    s.begin(made('u1'))
    s.me()
    s.end()
    expect([s.session.value, s.me().person]).toEqual([undefined, 'u1'])
    s.begin(made('u2'))
    expect(s.me().person).toBe('u2')
  })
})
