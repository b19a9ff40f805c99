// Apart from lib/keystore, so that pages can name a key's faults without loading the signing code.

export type KeyFault = 'no-key' | 'wrong-pin' | 'wiped' | 'damaged' | 'pin-length'

export class KeyError extends Error {
  /** left: tries left after a wrong PIN. */
  constructor(readonly fault: KeyFault, readonly left = 0) {
    super(`key store: ${fault}`)
  }
}
