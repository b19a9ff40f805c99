import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { begin, session } from '@/lib/session'
import { aboutPrescription, Chat, type Message, type WireEvents } from '@/lib/socket'

/** The server's end of one connection. */
class Line {
  sent: Record<string, unknown>[] = []
  constructor(readonly url: string, readonly events: WireEvents) {}
  send = (text: string) => void this.sent.push(JSON.parse(text) as Record<string, unknown>)
  close = () => undefined
  say = (frame: object) => this.events.text(JSON.stringify(frame))
  hello = (lastSeq: number, epoch = 'e1') => {
    this.events.open()
    this.say({ type: 'hello', epoch, lastSeq, state: 'active', read: {} })
  }
  texts = () => this.sent.filter((f) => f.type === 'send').map((f) => f.text)
}

const message = (seq: number, over: Partial<Message> = {}): { type: string; message: Message } => ({
  type: 'message',
  message: {
    seq,
    clientId: `c${seq}`,
    sender: 'doctor',
    kind: 'text',
    text: `m${seq}`,
    at: '2026-11-01T00:00:00Z',
    ...over,
  },
})

let lines: Line[]
const last = () => lines[lines.length - 1]!
const open = () => new Chat('CN1', 'u1', (url, events) => (lines.push(new Line(url, events)), last()), () => 0)

beforeEach(() => {
  lines = []
  vi.useFakeTimers()
  begin({
    token: 'T',
    expiresAt: '2999-01-01T00:00:00Z',
    account: { id: 'a', person: 'u1', role: 'patient', org: 'h1' },
  })
})
afterEach(() => vi.useRealTimers())

describe('a chat', () => {
  it('shows the token in the first frame and never in the address', () => {
    open().start()
    last().events.open()
    expect(last().sent[0]?.type).toBe('auth')
    expect(last().url).not.toMatch(/token|bearer/i)
  })

  it('replays from what it has and takes no message twice', () => {
    const chat = open()
    chat.start()
    last().hello(2)
    last().say(message(1))
    last().say(message(2))
    last().say(message(2))
    last().events.close(1006)
    expect(chat.view.link).toBe('waiting')
    vi.advanceTimersByTime(20_000)
    expect(last().url).toContain('since=2')
    last().hello(3)
    last().say(message(2))
    last().say(message(3))
    expect(chat.view.messages.map((m) => m.seq)).toEqual([1, 2, 3])
  })

  it('tells the other pages when the consent was taken back elsewhere, and keeps what was typed', async () => {
    const chat = open()
    chat.start()
    last().hello(0)
    await chat.say('你好')
    const sent = last().sent.find((f) => f.type === 'send')!
    last().say({ type: 'error', code: 'consent-required', clientId: sent.clientId })
    expect(session.value?.account.due).toBe('consent')
    expect(chat.view.unsent.map((m) => [m.text, m.refused])).toEqual([['你好', 'consent-required']])
  })

  it('asks again when a number is missing', () => {
    const chat = open()
    chat.start()
    last().hello(3)
    last().say(message(1))
    last().say(message(3))
    expect(lines).toHaveLength(2)
    expect(last().url).toContain('since=1')
    lines[0]!.say(message(2)) // a late frame of the old connection
    expect(chat.view.messages.map((m) => m.seq)).toEqual([1])
  })

  it('forgets its numbers when the epoch is another', () => {
    const chat = open()
    chat.start()
    last().hello(1)
    last().say(message(1))
    last().events.close(1001)
    vi.advanceTimersByTime(20_000)
    last().hello(1, 'e2')
    expect(last().url).toContain('since=0')
    last().hello(1, 'e2')
    last().say(message(1, { text: 'anew' }))
    expect(chat.view.messages.map((m) => m.text)).toEqual(['anew'])
  })

  it('keeps what is typed offline over a restart and sends it under the same id until it comes back', async () => {
    await open().say('hello')
    const chat = open()
    expect(chat.view.unsent.map((u) => u.text)).toEqual(['hello'])
    chat.start()
    last().hello(0)
    const [first] = last().sent.filter((f) => f.type === 'send')
    last().events.close(1006)
    vi.advanceTimersByTime(20_000)
    last().hello(0)
    const [second] = last().sent.filter((f) => f.type === 'send')
    expect(second).toEqual(first)
    last().say({ type: 'ack', clientId: first!.clientId, seq: 1 })
    last().say(message(1, { clientId: first!.clientId as string, text: 'hello', sender: 'patient' }))
    expect(chat.view.unsent).toEqual([])
    expect(open().view.unsent).toEqual([])
    expect(last().texts()).toEqual(['hello'])
  })

  it('shows a refused message and sends it again only when asked', async () => {
    const chat = open()
    chat.start()
    last().hello(0)
    await chat.say('no')
    const id = chat.view.unsent[0]!.clientId
    last().say({ type: 'error', clientId: id, code: 'consultation-state' })
    expect(chat.view.unsent[0]!.refused).toBe('consultation-state')
    last().events.close(1006)
    vi.advanceTimersByTime(20_000)
    last().hello(0)
    expect(last().texts()).toEqual([])
    chat.retry(id)
    expect(last().texts()).toEqual(['no'])
    chat.drop(id)
    expect(open().view.unsent).toEqual([])
  })

  it.each([4401, 4404, 1003])('stays away after %d', (code) => {
    const chat = open()
    chat.start()
    last().events.close(code)
    vi.advanceTimersByTime(60_000)
    expect([chat.view.link, chat.view.closed, lines.length]).toEqual(['closed', code, 1])
  })

  it('takes a state from the system, and no word about a prescription for one', () => {
    const chat = open()
    chat.start()
    last().hello(0)
    last().say(message(1, { sender: 'system', kind: 'system', text: 'finished' }))
    last().say(message(2, { sender: 'system', kind: 'system', text: 'rx-claimed 康民 大药房' }))
    expect(chat.view.state).toBe('finished')
    expect(aboutPrescription('rx-claimed 康民 大药房')).toEqual({ what: 'claimed', pharmacy: '康民 大药房' })
    expect(aboutPrescription('finished')).toBeUndefined()
  })

  it('waits longer each time, up to a limit, and not at all after stop', () => {
    const chat = open()
    chat.start()
    for (const pause of [250, 500, 1000, 2000, 4000, 7500, 7500]) {
      const before = lines.length
      last().events.close(1006)
      vi.advanceTimersByTime(pause - 1)
      expect(lines.length).toBe(before)
      vi.advanceTimersByTime(1)
      expect(lines.length).toBe(before + 1)
    }
    chat.stop()
    last().events.close(1006)
    vi.advanceTimersByTime(60_000)
    expect(chat.view.link).toBe('closed')
  })
})
