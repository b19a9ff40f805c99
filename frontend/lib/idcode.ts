// The patient's code of identity (身份码): at the patient's screen one that renews itself, at staff's
// what a scanned one opens.
import { ref } from 'vue'
import { api, type Schema } from './api'

export type Identified = Schema<'IdcodeShown'>

/** What every such code begins with. */
export const SCHEME = 'HID1:'

/**
 * HID1:H1:… as it is meant: scanners add blanks and small letters. Whether it is good the server
 * says.
 */
export const looksLikeIdentity = (text: string) => /^HID1:[A-Z0-9._-]+:[A-Z2-7]{40,}$/.test(tidied(text))

const tidied = (text: string) => text.normalize('NFKC').replace(/\s+/g, '').toUpperCase()

/** What a code opens to who is logged in. The reading is noted for the patient. */
export const readIdentity = (text: string): Promise<Identified> =>
  api.post('/v1/identity-codes/read', { body: { code: tidied(text) } })

type Timer = ReturnType<typeof setTimeout>

/** How soon it is tried again after the server did not answer, in seconds. */
const AGAIN = 5

/**
 * A code that renews itself for as long as it is watched. It counts by how long ago the answer
 * came, never by the device's clock; one that is over is not shown, whatever the network does.
 */
export class LiveCode {
  readonly code = ref('')
  readonly name = ref('')
  /** Seconds until the next one. */
  readonly left = ref(0)
  readonly trouble = ref<unknown>()
  private person = ''
  private timer?: Timer
  private asked = 0
  private renewAt = 0
  private endsAt = 0

  constructor(private readonly now: () => number = () => Date.now()) {}

  start(person: string): void {
    if (person !== this.person) this.code.value = this.name.value = ''
    this.person = person
    void this.renew()
  }

  stop(): void {
    clearTimeout(this.timer)
    this.asked++
    this.code.value = '' // it lies on no screen that nobody looks at
  }

  async renew(): Promise<void> {
    clearTimeout(this.timer)
    const mine = ++this.asked
    const sent = this.now()
    try {
      const got = await api.post('/v1/patients/{person}/identity-code', { path: { person: this.person } })
      if (mine !== this.asked) return
      this.code.value = got.code
      this.name.value = got.name
      this.trouble.value = undefined
      this.renewAt = sent + got.renew * 1000
      this.endsAt = sent + got.seconds * 1000
    } catch (e) {
      if (mine !== this.asked) return
      this.trouble.value = e
      this.renewAt = this.now() + AGAIN * 1000
    }
    this.tick()
  }

  /** Once a second: counts down, takes away what is over, and asks for the next. */
  private tick(): void {
    const at = this.now()
    if (at >= this.endsAt) this.code.value = ''
    this.left.value = Math.max(0, Math.ceil((this.renewAt - at) / 1000))
    if (at >= this.renewAt) void this.renew()
    else this.timer = setTimeout(() => this.tick(), 1000)
  }
}
