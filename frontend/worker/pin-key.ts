// Works out the key of a PIN apart from the page (src/platform/pin.ts). It is asked once: answers
// numbers, how far it is, and at last the key.
import { pbkdf2 } from '../lib/pin-key'

interface Question {
  pin: Uint8Array
  salt: Uint8Array
  iterations: number
}

self.onmessage = async ({ data }: MessageEvent<Question>) => {
  const answer = (x: number | Uint8Array) => (self as unknown as { postMessage(x: unknown): void }).postMessage(x)
  answer(await pbkdf2(data.pin, data.salt, data.iterations, answer))
}
