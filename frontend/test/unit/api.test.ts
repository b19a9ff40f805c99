import { beforeEach, describe, expect, it, vi } from 'vitest'
import { useAction, useActions, useReading } from '@/lib/action'
import { Offline, Refused, address, api, onSessionEnd } from '@/lib/api'
import { t } from '@/lib/i18n'
import { useList } from '@/lib/list'
import { outage } from '@/lib/outage'
import { trouble } from '@/lib/problems'
import { begin, end, onLeftBehind, session } from '@/lib/session'

interface Sent {
  url: string
  method: string
  data?: string
  header: Record<string, string>
}

type Answer = 'lost' | { status: number; body: unknown; header?: Record<string, string> }

let sent: Sent[]

function server(...answers: Answer[]) {
  Object.assign(uni, {
    showModal: vi.fn(),
    request: (o: UniApp.RequestOptions) => {
      sent.push(o as unknown as Sent)
      const a = answers.shift() ?? 'lost'
      if (a === 'lost') o.fail?.({ errMsg: 'no network' } as never)
      else
        o.success?.({
          statusCode: a.status,
          data: JSON.stringify(a.body),
          header: a.header ?? {},
          cookies: [],
        } as never)
    },
  })
}

const ok = (body: unknown): Answer => ({ status: 200, body })
const problem = (status: number, code: string, header = {}): Answer => ({
  status,
  body: { status, code, detail: 'd', errors: [{ field: 'body.x', rule: 'r' }], instance: 'urn:request:R' },
  header,
})

const login = () =>
  begin({
    token: 'T',
    expiresAt: new Date(Date.now() + 3600_000).toISOString(),
    account: { id: 'a', person: 'u1', role: 'patient', org: 'h1' },
  })

beforeEach(() => {
  sent = []
  end()
  vi.useFakeTimers()
  return () => vi.useRealTimers()
})

async function settle<T>(p: Promise<T>): Promise<T | Error> {
  const end = p.catch((e: Error) => e)
  await vi.runAllTimersAsync()
  return end
}

describe('a session that was left behind', () => {
  it('ends at the server, and nobody else\'s with it', async () => {
    login()
    server(problem(401, 'unauthenticated'))
    onLeftBehind.run('old')
    await vi.advanceTimersByTimeAsync(10)
    expect(sent.map((s) => [s.method, new URL(s.url, 'http://x').pathname, s.header.Authorization])).toEqual([
      ['DELETE', '/v1/sessions/current', 'Bearer old'],
    ])
    expect(sent[0]!.header['Idempotency-Key']).toMatch(/^[0-9a-f]{32}$/)
    expect(session.value?.token).toBe('T')
  })
})

describe('the client', () => {
  it('fills in paths and queries and leaves out what is empty', () => {
    expect(
      address('/v1/x/{id}', { path: { id: 'a/b' }, query: { q: '处方', n: 1, none: undefined, empty: '' } }),
    ).toMatch(/\/v1\/x\/a%2Fb\?q=%E5%A4%84%E6%96%B9&n=1$/)
  })

  it('repeats a command whose answer was lost with the same key', async () => {
    login()
    server('lost', problem(503, 'unavailable', { 'Retry-After': '1' }), ok({ id: 'k' }))
    expect(await settle(api.post('/v1/keys/challenge'))).toEqual({ id: 'k' })
    const keys = sent.map((s) => s.header['Idempotency-Key'])
    expect(new Set(keys).size).toBe(1)
    expect(keys[0]).toMatch(/^[0-9a-f]{32}$/)
    expect(sent[0]!.header.Authorization).toBe('Bearer T')
  })

  it('does not repeat what was refused, and keeps the code and the fields', async () => {
    server(problem(422, 'invalid-input'))
    const e = await settle(api.get('/v1/me'))
    expect(e).toBeInstanceOf(Refused)
    expect(e).toMatchObject({ code: 'invalid-input', status: 422, fields: [{ field: 'body.x', rule: 'r' }] })
    expect(sent).toHaveLength(1)
  })

  it('gives up in the end, and takes a proxy’s page for no answer', async () => {
    server()
    expect(await settle(api.get('/v1/me'))).toBeInstanceOf(Offline)
    expect(sent).toHaveLength(4)
    server({ status: 502, body: '<html>' }, ok({ id: 'a' }))
    expect(await settle(api.get('/v1/me'))).toEqual({ id: 'a' })
  })

  it('waits while the hospital says that a part of it is away, says so, and logs nobody out', async () => {
    login()
    const gone = problem(503, 'unavailable')
    server(...Array.from({ length: 9 }, () => gone), ok({ id: 'a' }))
    const asked = api.get('/v1/me')
    await vi.advanceTimersByTimeAsync(6000)
    expect(outage.on).toBe(true)
    expect(session.value).toBeDefined()
    expect(await settle(asked)).toEqual({ id: 'a' })
    expect(outage.on).toBe(false)
    server(...Array.from({ length: 50 }, () => gone))
    expect(await settle(api.get('/v1/me'))).toBeInstanceOf(Refused)
    expect(sent.length).toBeLessThan(30)
    expect(session.value).toBeDefined()
    server(problem(404, 'not-found'))
    await settle(api.get('/v1/me'))
    server('lost', 'lost', ok({}))
    await settle(api.get('/v1/me'))
    expect(outage.on).toBe(false)
  })

  it('forgets the session and shows the way to log in when it ended', async () => {
    login()
    onSessionEnd.run = vi.fn()
    server(problem(401, 'unauthenticated'))
    await settle(api.get('/v1/me'))
    expect(session.value).toBeUndefined()
    expect(uni.getStorageSync('session')).toBe('')
    expect(onSessionEnd.run).toHaveBeenCalledOnce()
  })

  it('leaves a receipt’s text as it came', async () => {
    server({ status: 200, body: { b: 1, a: 2 } })
    expect(await settle(api.text('/v1/chain/members.json'))).toBe('{"b":1,"a":2}')
  })
})

describe('an action', () => {
  it('runs once however often it is pressed', async () => {
    const work = vi.fn(() => new Promise((resolve) => setTimeout(resolve, 50)))
    const action = useAction(work)
    const first = action.run()
    void action.run()
    expect(action.busy).toBe(true)
    await settle(first)
    expect([work.mock.calls.length, action.busy]).toEqual([1, false])
  })

  it('that reads is done once more when it was asked for meanwhile, and not more often', async () => {
    let n = 0
    const shown: number[] = []
    const reading = useReading(async () => {
      const mine = ++n
      await new Promise((resolve) => setTimeout(resolve, 50))
      shown.push(mine)
    })
    void reading.run()
    const all = [reading.run(), reading.run()]
    await settle(Promise.all(all))
    expect([shown, reading.busy]).toEqual([[1, 2], false])
    await settle(reading.run())
    expect(shown).toEqual([1, 2, 3])
  })

  it('keeps its key while no answer came, and takes a new one after an answer', async () => {
    const keys: string[] = []
    const outcomes: (Error | undefined)[] = [
      new Offline(),
      new Refused(503, 'unavailable', '', [], 0, ''),
      new Refused(409, 'conflict', '', [], 0, ''),
      undefined,
      undefined,
    ]
    server()
    const action = useAction(async (key) => {
      keys.push(key)
      const e = outcomes.shift()
      if (e) throw e
    })
    for (let i = 0; i < 5; i++) await settle(action.run())
    expect(keys[0]).toBe(keys[1])
    expect(keys[0]).toBe(keys[2])
    expect(new Set(keys).size).toBe(3)
    expect(action.trouble).toBeUndefined()
  })

  it('of a line keeps its key for the next try, and is forgotten when it was done', async () => {
    const keys: string[] = []
    const outcomes: (Error | undefined)[] = [new Offline(), undefined, undefined]
    const said: string[] = []
    server()
    const acting = useActions(async (x: { id: string; word: string }, key) => {
      keys.push(key)
      const e = outcomes.shift()
      if (e) throw e
      said.push(x.word)
    }, (x) => x.id)
    for (const word of ['a', 'a', 'b']) await settle(acting.run({ id: '1', word }))
    expect(keys[0]).toBe(keys[1])
    expect(keys[2]).not.toBe(keys[1])
    expect([said, acting.busy]).toEqual([['a', 'b'], false])
  })

  it('says what went wrong', async () => {
    server()
    const action = useAction(() => Promise.reject(new Refused(500, 'internal', '', [], 0, 'urn:request:R1')))
    await settle(action.run())
    expect(action.trouble?.reference).toBe('R1')
    expect(uni.showModal).toHaveBeenCalledOnce()
  })
})

describe('a list', () => {
  it('goes page by page to its end and keeps what is shown while it is refreshed', async () => {
    const pages: Record<string, { items: number[]; next?: string }> = {
      first: { items: [1, 2], next: 'b' },
      b: { items: [3] },
    }
    const list = useList(async (from) => pages[from ?? 'first']!)
    expect(list.state).toBe('idle')
    await settle(list.refresh())
    expect([list.items, list.state]).toEqual([[1, 2], 'ready'])
    await settle(list.more())
    expect([list.items, list.state]).toEqual([[1, 2, 3], 'end'])
    const again = list.refresh()
    expect([list.items, list.state]).toEqual([[1, 2, 3], 'loading'])
    await settle(again)
    expect([list.items, list.state]).toEqual([[1, 2, 3], 'end']) // an event does not throw back to the first page
    list.items = [] // another tab
    await settle(list.refresh())
    expect([list.items, list.state]).toEqual([[1, 2], 'ready'])
  })

  it('tells a failure and takes the answer of the newest question only', async () => {
    const answers: [number, number[] | Error][] = [[100, [1]], [10, [2]], [1, new Offline()]]
    const list = useList(async () => {
      const [ms, items] = answers.shift()!
      await new Promise((resolve) => setTimeout(resolve, ms))
      if (items instanceof Error) throw items
      return { items }
    })
    await settle(Promise.all([list.refresh(), list.refresh()]))
    expect(list.items).toEqual([2])
    await settle(list.refresh())
    expect([list.state, list.items]).toEqual(['failed', [2]])
    expect(list.trouble?.title).toContain('网络')
  })

  it('does again what failed: the beginning, said to be old, or the next page', async () => {
    const asked: (string | undefined)[] = []
    let lost = false
    const list = useList(async (from) => {
      asked.push(from)
      if (lost) throw new Offline()
      return { items: [from ?? 'first'], next: 'more' }
    })
    await settle(list.refresh())
    lost = true
    await settle(list.refresh())
    expect([list.state, list.stale, list.items]).toEqual(['failed', true, ['first']])
    await settle(list.more()) // the end of the page was reached: what is old is not continued
    lost = false
    await settle(list.retry())
    expect([list.stale, list.trouble]).toEqual([false, undefined])
    lost = true
    await settle(list.more())
    expect([list.state, list.stale]).toEqual(['failed', false])
    lost = false
    await settle(list.retry())
    expect(list.items).toEqual(['first', 'more'])
    expect(asked).toEqual([undefined, undefined, undefined, 'more', 'more'])
  })
})

describe('trouble', () => {
  const fields = (field: string) => [{ field, rule: 'CN, twenty digits' }]
  it('of an impossible id in the address is that there is no such thing, and never a form to correct', () => {
    expect(trouble(new Refused(422, 'invalid-input', '', fields('path.id'), 0, ''))).toMatchObject({
      title: t('problem.not-found'),
      rules: [],
      gone: true,
    })
    expect(trouble(new Refused(422, 'invalid-input', '', fields('body.name'), 0, '')).gone).toBe(false)
    expect(trouble(new Refused(404, 'not-found', '', [], 0, '')).gone).toBe(true)
    expect(trouble(new Offline()).gone).toBeFalsy()
  })
})
