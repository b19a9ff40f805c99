import { beforeEach, describe, expect, it, vi } from 'vitest'
import { effectScope, nextTick } from 'vue'

const wire = vi.hoisted(() => ({
  calls: [] as {
    token: string
    since: number
    take: (p: object) => void
    lost: (status: number) => void
    stopped: boolean
  }[],
  app: [] as (() => void)[],
  chimes: 0,
  count: 0,
}))
vi.mock('@/platform/events', () => ({
  listen: (token: string, since: number, take: (p: object) => void, lost: (status: number) => void) => {
    const call = { token, since, take, lost, stopped: false }
    wire.calls.push(call)
    return () => void (call.stopped = true)
  },
  watchApp: (shown: () => void, hidden: () => void) => {
    wire.app = [shown, hidden]
    return false
  },
  showCount: (n: number) => (wire.count = n),
  chime: () => wire.chimes++,
}))
const get = vi.hoisted(() => vi.fn(() => Promise.resolve({ notices: [], last: 9, unread: { visit: 2 } })))
const put = vi.hoisted(() => vi.fn(() => Promise.resolve()))
const { Refused } = vi.hoisted(() => ({
  Refused: class extends Error {
    constructor(readonly status: number) {
      super()
    }
  },
}))
vi.mock('@/lib/api', () => ({ api: { get, put }, Refused }))

import { connect, follow, seen, unreadAll, unreadOf } from '@/lib/events'
import { begin, end } from '@/lib/session'
import { choose } from '@/lib/settings'
import { leadsTo } from '@/pkg-inbox/inbox/leads'

const login = (role: 'patient' | 'doctor', token = `t-${role}`) =>
  begin({ token, expiresAt: '2099-01-01T00:00:00Z', account: { id: 'a', person: `u-${role}`, role, org: 'h1' } })
const last = () => wire.calls[wire.calls.length - 1]!
const page = (at: number, ...kinds: string[]) => ({
  last: at,
  unread: { visit: kinds.length },
  notices: kinds.map((kind, i) => ({ id: at - i, kind, subject: 'X', at: '' })),
})

describe('the stream', () => {
  beforeEach(() => {
    vi.useFakeTimers()
    wire.app[0]?.()
    end()
    connect()
    Object.assign(wire, { calls: [], chimes: 0 })
    get.mockClear()
    put.mockClear()
  })

  it('calls who follows a topic, counts, and rings for staff alone', () => {
    login('doctor')
    connect()
    connect() // of two pages
    expect(wire.calls).toHaveLength(1)
    const [visits, rxs] = [vi.fn(), vi.fn()]
    const off = follow(['visit'], visits)
    follow(['rx'], rxs)
    last().take(page(3, 'visit.requested', 'visit.message'))
    expect([
      visits.mock.calls.length,
      rxs.mock.calls.length,
      wire.chimes,
      unreadOf(['visit']),
      unreadOf(['rx']),
      unreadAll.value,
    ]).toEqual([1, 0, 1, 2, 0, 2])
    off()
    choose({ sound: false })
    last().take(page(4, 'visit.message'))
    expect([visits.mock.calls.length, wire.chimes]).toEqual([1, 1])
    choose({ sound: true })
    last().take({
      ...page(5, 'rx.approved'),
      notices: [{ id: 5, kind: 'rx.approved', subject: 'X', quiet: true, read: true, at: '' }],
    })
    expect([rxs.mock.calls.length, wire.chimes]).toEqual([1, 1])
    last().take({ last: 1, unread: {}, notices: [], reset: true })
    expect(rxs).toHaveBeenCalledTimes(2)
    login('patient')
    connect()
    last().take(page(1, 'visit.message'))
    expect(wire.chimes).toBe(1)
  })

  it('calls who follows one kind for that alone', () => {
    login('patient')
    connect()
    const looked = vi.fn()
    const off = follow(['visit.note'], looked)
    last().take(page(3, 'visit.message'))
    expect(looked).not.toHaveBeenCalled()
    last().take(page(4, 'visit.note'))
    expect(looked).toHaveBeenCalledTimes(1)
    off()
  })

  it('comes back by itself with the number it has, sooner at first than later', () => {
    login('patient')
    connect()
    expect(last().since).toBe(-1)
    last().take(page(7, 'visit.message'))
    const looked = vi.fn()
    const off = follow(['pay'], looked)
    last().lost(0)
    expect(looked).toHaveBeenCalledTimes(1) // as long as nothing is heard
    vi.advanceTimersByTime(600)
    expect(wire.calls).toHaveLength(2)
    expect(last().since).toBe(7)
    for (let i = 0; i < 8; i++) {
      last().lost(503)
      vi.advanceTimersByTime(16_000)
    }
    expect(wire.calls).toHaveLength(10)
    off()
  })

  it('listens on when it was refused and the session stands after all, or nobody can say', async () => {
    login('doctor')
    connect()
    last().take(page(7, 'visit.message'))
    for (const answer of [
      () => Promise.resolve({ notices: [], last: 9, unread: { visit: 2 } }),
      () => Promise.reject(new Error('no answer')),
    ]) {
      const before = wire.calls.length
      get.mockImplementationOnce(answer)
      last().lost(401)
      await vi.advanceTimersByTimeAsync(16_000)
      expect([wire.calls.length, last().since]).toEqual([before + 1, 7])
    }
  })

  it('asks whether the session stands when it is refused, and begins anew for another one', async () => {
    login('patient')
    connect()
    last().take(page(7, 'visit.message'))
    await nextTick() // the session is watched, too
    get.mockImplementationOnce(() => Promise.reject(new Refused(401)))
    last().lost(401)
    await vi.advanceTimersByTimeAsync(0)
    expect(get).toHaveBeenCalledWith('/v1/me')
    vi.advanceTimersByTime(60_000)
    expect(wire.calls).toHaveLength(1)
    login('doctor')
    connect()
    expect([last().token, last().since, unreadAll.value]).toEqual(['t-doctor', -1, 0])
    end()
    connect()
    expect([last().stopped, wire.calls.length]).toEqual([true, 2])
  })

  it('holds no connection while hidden; staff look now and then', async () => {
    login('doctor')
    connect()
    last().take(page(7, 'visit.message'))
    get.mockClear()
    wire.app[1]!()
    expect(last().stopped).toBe(true)
    await vi.advanceTimersByTimeAsync(31_000)
    expect(get).toHaveBeenCalledWith('/v1/events', { query: { since: 7 } })
    wire.app[0]!()
    expect(last().since).toBe(9)
    login('patient')
    connect()
    get.mockClear()
    wire.app[1]!()
    await vi.advanceTimersByTimeAsync(120_000)
    expect(get).not.toHaveBeenCalled()
  })

  it('says what was seen, but when nothing is unread', () => {
    login('patient')
    connect()
    seen('RX0') // nobody knows yet: a page opened by its address
    last().take({ last: 6, unread: {}, notices: [] })
    seen('RX1')
    last().take(page(7, 'rx.paid'))
    seen('RX2')
    seen('')
    expect(put.mock.calls).toEqual(['RX0', 'RX2'].map((subject) => ['/v1/notices/read', { body: { subject } }]))
  })

  it('drops the answer of a look that comes when the page is shown again', async () => {
    login('doctor')
    connect()
    last().take(page(7, 'visit.message'))
    wire.app[1]!()
    let answer = (_: object) => {}
    get.mockImplementationOnce(() => new Promise((done) => (answer = done as typeof answer)))
    await vi.advanceTimersByTimeAsync(95_000)
    expect(get.mock.calls.filter((call: unknown[]) => call[0] === '/v1/events')).toHaveLength(1) // one after the other
    wire.app[0]!()
    last().take(page(12, 'visit.message'))
    answer({ notices: [], last: 8, unread: {} })
    await vi.advanceTimersByTimeAsync(0)
    last().lost(0)
    await vi.advanceTimersByTimeAsync(1000)
    expect(last().since).toBe(12)
  })

  it('counts in the title after the page that connected first has gone', async () => {
    vi.resetModules()
    const fresh = await import('@/lib/events')
    const session = await import('@/lib/session')
    session.begin({
      token: 't',
      expiresAt: '2099-01-01T00:00:00Z',
      account: { id: 'a', person: 'u', role: 'patient', org: 'h1' },
    })
    const first = effectScope()
    first.run(fresh.connect)
    first.stop()
    last().take(page(3, 'visit.message', 'visit.message'))
    await nextTick()
    expect(wire.count).toBe(2)
    session.end()
    await nextTick()
    expect([wire.count, last().stopped]).toEqual([0, true])
  })
})

it('every line of the inbox leads to a page of its reader', () => {
  expect(leadsTo({ kind: 'visit.message', subject: 'V' }, 'patient')).toBe('/pages/chat/chat?id=V')
  expect(leadsTo({ kind: 'visit.requested', subject: 'V' }, 'doctor')).toBe('/pkg-doctor/visit/visit?id=V')
  expect(leadsTo({ kind: 'rx.issued', subject: 'R' }, 'reviewer')).toBe('/pkg-reviewer/review/review?id=R')
  expect(leadsTo({ kind: 'rx.chosen', subject: 'R' }, 'dispenser')).toBe('/pkg-pharmacy/home/home')
  // Nothing to read before the claim.
  expect(leadsTo({ kind: 'rx.paid', subject: 'R' }, 'dispenser')).toBe('/pkg-pharmacy/home/home')
  expect(leadsTo({ kind: 'pay.desk', subject: 'P' }, 'admin')).toBe('/pkg-admin/desk/desk')
  expect(leadsTo({ kind: 'pay.failed', subject: 'R' }, 'patient')).toBe('/pages/rx/rx?id=R')
  expect(leadsTo({ kind: 'key.requested', subject: 'a' }, 'admin')).toBe('/pkg-admin/requests/requests')
  expect(leadsTo({ kind: 'key.enrolled', subject: 'a' }, 'doctor')).toBe('/pages/key/key')
  expect(leadsTo({ kind: 'visit.message', subject: 'V' }, 'regulator')).toBeUndefined()
})
