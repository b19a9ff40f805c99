// The chat socket (app/httpapi/consult/socket/CHAT.md): replay after a number, no message twice,
// what is typed while offline is kept on the device until the server has acknowledged it, back-off
// with jitter. One Chat per open consultation page.
import { reactive } from 'vue'
import { connectSocket } from '@/platform/request'
import { socketOrigin } from '@/platform/server'
import { commandKey, type Schema } from './api'
import { parsed } from './bidi'
import { keepUnsent, unsentIn, type Unsent } from './outbox'
import { consented, session } from './session'

export interface Message {
  seq: number
  clientId: string
  sender: 'patient' | 'doctor' | 'system'
  kind: 'text' | 'image' | 'system'
  text?: string
  file?: string
  /** Who wrote it in the patient's place, and that one's name as far as it is known. */
  by?: string
  byName?: string
  /** While the visit waits: a sign of danger in what the patient wrote. */
  sign?: Schema<'TriageSign'>
  at: string
}

export interface Marks {
  patient?: number
  doctor?: number
}

interface Frame {
  type: string
  epoch?: string
  lastSeq?: number
  state?: string
  read?: Marks
  message?: Message
  clientId?: string
  code?: string
}

/** What a page shows. */
export interface ChatView {
  link: 'connecting' | 'open' | 'waiting' | 'closed'
  /** Why it stays closed: a close code of CHAT.md. */
  closed: number
  messages: Message[]
  unsent: Unsent[]
  read: Marks
  state: string
}

/** The part of a SocketTask this needs; tests give their own. */
export interface Wire {
  send(text: string): void
  close(): void
}

export interface WireEvents {
  open(): void
  text(data: string): void
  close(code: number): void
}

const FIRST_PAUSE = 500
const MAX_PAUSE = 15_000
const BEAT = 25_000
/** Close codes after which coming back by itself makes no sense. */
const FINAL = new Set([1003, 1009, 4401, 4404])
const TOO_MANY = 4429
const TOO_MANY_PAUSE = 10_000

export function dial(url: string, events: WireEvents): Wire {
  return connectSocket(url, 'hospital.chat.v1', events)
}

/**
 * A system message about a prescription of the visit: `rx-claimed`, a space, and the pharmacy's
 * name.
 */
export function aboutPrescription(text: string): { what: string; pharmacy: string } | undefined {
  const parts = /^rx-([a-z]+) (.*)$/s.exec(text)
  return parts ? { what: parts[1] ?? '', pharmacy: parts[2] ?? '' } : undefined
}

export class Chat {
  readonly view: ChatView = reactive({ link: 'closed', closed: 0, messages: [], unsent: [], read: {}, state: '' })
  private wire?: Wire
  private generation = 0
  private epoch = ''
  private pause = FIRST_PAUSE
  private timer?: ReturnType<typeof setTimeout>
  private beat?: ReturnType<typeof setInterval>

  constructor(
    private readonly consultation: string,
    private readonly person: string,
    private readonly connect: (url: string, events: WireEvents) => Wire = dial,
    private readonly random: () => number = Math.random, // jitter, no secret
  ) {
    this.view.unsent = unsentIn(person, consultation)
  }

  /** Connects and stays connected until stop. */
  start(): void {
    if (this.view.link !== 'closed') return
    this.view.closed = 0
    this.open()
  }

  stop(): void {
    this.leave()
    this.view.link = 'closed'
  }

  /**
   * Queues a text and sends it as soon as there is a connection. Throws when the device cannot keep
   * it.
   */
  async say(text: string): Promise<void> {
    this.queue({ clientId: await commandKey(), kind: 'text', text })
  }

  /** Queues an uploaded picture. */
  async show(file: string): Promise<void> {
    this.queue({ clientId: await commandKey(), kind: 'image', file })
  }

  /** Tries a refused message again, or drops it. */
  retry(clientId: string): void {
    const m = this.view.unsent.find((u) => u.clientId === clientId)
    if (!m) return
    delete m.refused
    this.keep()
    this.transmit(m)
  }

  drop(clientId: string): void {
    this.view.unsent = this.view.unsent.filter((u) => u.clientId !== clientId)
    this.keep()
  }

  /** Tells the other side up to where this one has read. */
  readUpTo(seq: number): void {
    this.write({ type: 'read', seq })
  }

  private get last(): number {
    return this.view.messages[this.view.messages.length - 1]?.seq ?? 0
  }

  private queue(m: Unsent): void {
    this.view.unsent.push(m)
    try {
      this.keep()
    } catch (e) {
      this.view.unsent.pop()
      throw e
    }
    this.transmit(m)
  }

  private transmit({ clientId, kind, text, file }: Unsent): void {
    this.write({ type: 'send', clientId, kind, text, file })
  }

  private write(frame: object): void {
    if (this.view.link === 'open') this.wire?.send(JSON.stringify(frame))
  }

  private open(): void {
    this.leave()
    if (session.value?.account.person !== this.person) {
      this.view.link = 'closed' // somebody else logged in meanwhile: these messages are not theirs to send
      return
    }
    const mine = ++this.generation
    const current = (fn: () => void) => mine === this.generation && fn()
    this.view.link = 'connecting'
    this.wire = this.connect(`${socketOrigin()}/v1/consultations/${this.consultation}/chat?since=${this.last}`, {
      // The token goes in the first frame: a URL would end up in logs.
      open: () => current(() => this.wire?.send(JSON.stringify({ type: 'auth', token: session.value?.token ?? '' }))),
      text: (data) => current(() => this.receive(data)),
      close: (code) => current(() => this.lost(code)),
    })
  }

  private leave(): void {
    this.generation++
    clearTimeout(this.timer)
    clearInterval(this.beat)
    this.wire?.close()
    this.wire = undefined
  }

  private lost(code: number): void {
    this.leave()
    if (FINAL.has(code)) {
      this.view.link = 'closed'
      this.view.closed = code
      return
    }
    this.view.link = 'waiting'
    const wait = code === TOO_MANY ? TOO_MANY_PAUSE : this.pause
    this.pause = Math.min(this.pause * 2, MAX_PAUSE)
    this.timer = setTimeout(() => this.open(), wait * (0.5 + this.random() / 2))
  }

  private receive(data: string): void {
    let f: Frame
    try {
      f = parsed<Frame>(data)
    } catch {
      return // not ours; the connection's end will follow
    }
    if (f.type === 'hello') this.hello(f)
    if (f.type === 'message' && f.message) this.take(f.message)
    // An ack needs nothing: the message itself follows on this socket, or is replayed on the next,
    // and takes its place.
    if (f.type === 'marks' && f.read) this.view.read = f.read
    if (f.type === 'error') this.refuse(f)
  }

  private hello(f: Frame): void {
    const other = this.epoch !== '' && this.epoch !== f.epoch
    this.epoch = f.epoch ?? ''
    if (other && this.view.messages.length > 0) {
      // The server's numbers begin anew: what was numbered before is not comparable.
      this.view.messages = []
      this.open()
      return
    }
    this.view.link = 'open'
    this.view.state = f.state ?? ''
    this.view.read = f.read ?? {}
    this.pause = FIRST_PAUSE
    this.beat = setInterval(() => this.write({ type: 'ping' }), BEAT)
    for (const m of this.view.unsent) if (!m.refused) this.transmit(m)
  }

  private take(m: Message): void {
    if (m.seq <= this.last) return
    if (m.seq !== this.last + 1) {
      this.open() // a gap cannot be: ask again from what is here
      return
    }
    this.view.messages.push(m)
    if (m.sender === 'system' && m.text && !aboutPrescription(m.text)) this.view.state = m.text
    this.drop(m.clientId)
  }

  private refuse(f: Frame): void {
    const m = this.view.unsent.find((u) => u.clientId === f.clientId)
    if (!m) return
    if (f.code === 'rate-limited') {
      setTimeout(() => this.transmit(m), TOO_MANY_PAUSE)
      return
    }
    if (f.code === 'consent-required') consented(false) // taken back elsewhere: the pages that say so know it from here
    m.refused = f.code ?? 'internal'
    this.keep()
  }

  private keep(): void {
    keepUnsent(this.person, this.consultation, this.view.unsent)
  }
}
