// What can go wrong with keys and signatures: apart from the signing code, so that pages can name
// it without loading that.

export type KeyFault =
  | 'no-key' | 'wrong-pin' | 'wiped' | 'damaged' | 'pin-length'
  // refused: not recognised, cancelled, too late; ended: the sealed copy does not open any more;
  // unsupported: no secret to be had
  | 'fingerprint-refused' | 'fingerprint-ended' | 'fingerprint-unsupported'

export class KeyError extends Error {
  /** left: tries left after a wrong PIN. */
  constructor(readonly fault: KeyFault, readonly left = 0) {
    super(`key store: ${fault}`)
  }
}

/** The server did something no honest server does: nothing is signed. */
export class Surprise extends Error {
  constructor(readonly what: 'statement' | 'kind' | 'document' | 'actor' | 'record' | 'subject' | 'clock') {
    super(`signing: ${what}`)
  }
}
