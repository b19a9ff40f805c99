// A platform authenticator as a browser shows it, for tests: credentials with a PRF (HMAC-SHA-256,
// as CTAP2's hmac-secret), which verifies the person, or does not.
import { createHmac, randomBytes } from 'node:crypto'
import { vi } from 'vitest'

interface Request {
  publicKey: { allowCredentials?: { id: Uint8Array }[]; extensions: { prf: { eval: { first: Uint8Array } } } }
}

export class Authenticator {
  /** What the person does when asked. */
  person: 'passes' | 'refuses' = 'passes'
  /** Whether it says in its data that it verified the person. */
  verifies = true
  knowsPRF = true
  /** Whether making a credential gives the secret at once. */
  evaluatesAtOnce = true
  asked = 0
  readonly forgotten: string[] = []
  private readonly seeds = new Map<string, Buffer>()

  /** Puts it into the place of the browser's own. */
  install(host = 'localhost'): this {
    const create = vi.fn((r: Request) => this.answer(r, randomBytes(16), true))
    const get = vi.fn((r: Request) => this.answer(r, Buffer.from(r.publicKey.allowCredentials![0]!.id), false))
    Object.defineProperty(globalThis.navigator, 'credentials', { value: { create, get }, configurable: true })
    const capable = {
      isUserVerifyingPlatformAuthenticatorAvailable: () => Promise.resolve(true),
      getClientCapabilities: () => Promise.resolve({ 'extension:prf': this.knowsPRF }),
      signalUnknownCredential: ({ credentialId }: { credentialId: string }) =>
        Promise.resolve(void this.forgotten.push(credentialId)),
    }
    vi.stubGlobal('PublicKeyCredential', Object.assign(() => undefined, capable))
    vi.stubGlobal('isSecureContext', true)
    vi.stubGlobal('location', { hostname: host })
    return this
  }

  /** As after a factory reset: the credentials are there, their secrets are others. */
  scramble(): void {
    for (const id of this.seeds.keys()) this.seeds.set(id, randomBytes(32))
  }

  private async answer(r: Request, id: Buffer, made: boolean): Promise<unknown> {
    this.asked++
    if (this.person === 'refuses') throw new DOMException('', 'NotAllowedError')
    if (made) this.seeds.set(id.toString('hex'), randomBytes(32))
    const seed = this.seeds.get(id.toString('hex'))
    if (!seed) throw new DOMException('', 'NotAllowedError')
    const first = Uint8Array.from(
      createHmac('sha256', seed).update(r.publicKey.extensions.prf.eval.first).digest(),
    ).buffer
    const data = new Uint8Array(37)
    data[32] = this.verifies ? 5 : 1
    const results = !made || this.evaluatesAtOnce ? { first } : undefined
    const prf = this.knowsPRF ? { ...(made ? { enabled: true } : {}), ...(results ? { results } : {}) } : undefined
    return {
      rawId: Uint8Array.from(id).buffer,
      getClientExtensionResults: () => ({ prf }),
      response: { authenticatorData: data.buffer, getAuthenticatorData: () => data.buffer },
    }
  }
}
