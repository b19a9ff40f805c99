// What was seen last: there without a network, marked with its time, its person's alone, and gone
// with the session.
import { beforeEach, describe, expect, it } from 'vitest'
import { Refused, api } from '@/lib/api'
import { beginPage, endPage, seenAt } from '@/lib/seen'
import { begin, end, expire } from '@/lib/session'
import { device } from '@/platform/storage'

type Answer = 'lost' | { status: number; body: unknown }
let answers: Answer[]

beforeEach(() => {
  answers = []
  Object.assign(uni, {
    request: (o: UniApp.RequestOptions) => {
      const a = answers.shift() ?? 'lost'
      if (a === 'lost') o.fail?.({ errMsg: 'no network' } as never)
      else o.success?.({ statusCode: a.status, data: JSON.stringify(a.body), header: {}, cookies: [] } as never)
    },
  })
  end()
  endPage('/a')
  beginPage('/a')
})

const login = (person: string, remembered = false) =>
  begin(
    {
      token: `of ${person}`,
      expiresAt: new Date(Date.now() + 3600_000).toISOString(),
      account: { id: person, person, role: 'patient', org: 'h1' },
    },
    remembered,
  )
const read = () => api.seen('/v1/prescriptions', { query: {} })
const ok = (body: unknown): Answer => ({ status: 200, body })
const kept = () => [...device.keys('seen/'), ...Object.keys(sessionStorage).filter((k) => k.startsWith('seen/'))]

describe('what was seen last', () => {
  it('is answered without a network, and the page says of when it is', async () => {
    login('u1')
    answers = [ok({ items: [{ id: 'RX1' }] })]
    const since = Date.now()
    await read()
    expect(seenAt.value).toBeUndefined()
    expect(await read()).toEqual({ items: [{ id: 'RX1' }] })
    expect(seenAt.value).toBeGreaterThanOrEqual(since)
    answers = [ok({ items: [] })]
    await read()
    expect(seenAt.value).toBeUndefined() // it is new again
  })

  it('stays marked on a page that comes back until it is read anew', async () => {
    login('u1')
    answers = [ok({ items: [] })]
    await read()
    await read() // lost: the page shows what is old
    beginPage('/b')
    expect(seenAt.value).toBeUndefined() // another page, which shows nothing old
    answers = [ok({ items: [] })]
    await read()
    beginPage('/a') // back, while its reading is still under way
    expect(seenAt.value).toBeDefined()
    answers = [ok({ items: [] })]
    const late = read()
    beginPage('/b')
    await late // its answer comes when another page is on top
    beginPage('/a')
    expect(seenAt.value).toBeUndefined()
  })

  it('lies in the tab, and on the device for who stays logged in there', async () => {
    login('u1')
    answers = [ok({})]
    await read()
    expect(device.keys('seen/')).toEqual([])
    expect(kept()).toHaveLength(1)
    end()
    login('u1', true)
    answers = [ok({})]
    await read()
    expect(device.keys('seen/')).toHaveLength(1)
  })

  it.each([
    ['log-out', end],
    ['a session that the server ended', expire],
    ['another person’s log-in', () => login('u2', true)],
  ])(
    'is gone after %s',
    async (_, leave) => {
      login('u1', true)
      answers = [ok({ items: [] })]
      await read()
      expect(kept()).toHaveLength(1)
      leave()
      expect(kept()).toEqual([])
      login('u2', true)
      await expect(read()).rejects.toThrow()
    },
    30_000,
  )

  it('is never an answer to a refusal, and what is refused is forgotten', async () => {
    login('u1')
    answers = [
      ok({ items: [] }),
      { status: 500, body: { status: 500, code: 'internal' } },
      { status: 404, body: { status: 404, code: 'not-found' } },
    ]
    await read()
    await expect(read()).rejects.toThrow(Refused)
    expect(kept()).toHaveLength(1)
    await expect(read()).rejects.toThrow(Refused)
    expect(kept()).toEqual([])
  })

  it('has a limit: the oldest goes first', async () => {
    login('u1')
    for (let i = 0; i < 70; i++) {
      answers = [ok({ i })]
      await api.seen('/v1/prescriptions/{id}', { path: { id: `RX${i}` } })
    }
    expect(kept().length).toBeLessThanOrEqual(60)
    answers = [ok({ long: 'x'.repeat(500_000) })]
    await api.seen('/v1/prescriptions/{id}', { path: { id: 'RXlong' } })
    expect(kept().some((k) => k.includes('RXlong'))).toBe(false)
  })
})
