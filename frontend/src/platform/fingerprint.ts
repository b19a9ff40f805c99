// Confirmation by fingerprint or face: the platform authenticator's PRF (WebAuthn level 3, 10.1.4;
// CTAP2 hmac-secret) gives 32 secret bytes, the same ones for the same salt, and only after it has
// verified the person. Browsers alone: WeChat's SOTER says yes or no but gives no secret, so a key
// behind it would lie openable in storage (app/docs/SECURITY.md).
import { fromBase64, toBase64 } from '@/lib/bytes'
import { KeyError } from '@/lib/faults'
// #ifdef H5
import { randomBytes } from './random'

/** How long the person may take, in ms. */
const TIMEOUT = 60_000
const CHALLENGE = 32
/**
 * Authenticator data (WebAuthn 6.1): 32 bytes of rpIdHash, then the flags; bit 2 says that the
 * person was verified.
 */
const FLAGS = 32
const USER_VERIFIED = 4
/**
 * Algorithms of the credential's own signature, which nobody looks at: ES256 and RS256 are what
 * platforms offer.
 */
const ALGORITHMS = [-7, -257]

interface PRF {
  prf?: { enabled?: boolean; results?: { first?: ArrayBuffer } }
}

interface Newer {
  getClientCapabilities?(): Promise<Record<string, boolean | undefined>>
  signalUnknownCredential?(what: { rpId: string; credentialId: string }): Promise<void>
}
const newer = () => globalThis.PublicKeyCredential as unknown as Newer

const evaluate = (salt: Uint8Array) =>
  ({ prf: { eval: { first: salt } } }) as unknown as AuthenticationExtensionsClientInputs

/** The authenticator's secret; KeyError when it did not verify the person or knows no PRF. */
function secretOf(credential: PublicKeyCredential, data: ArrayBuffer): Uint8Array {
  const first = (credential.getClientExtensionResults() as PRF).prf?.results?.first
  if (!first || first.byteLength !== 32) throw new KeyError('fingerprint-unsupported')
  if (!(new Uint8Array(data)[FLAGS]! & USER_VERIFIED)) throw new KeyError('fingerprint-refused')
  return new Uint8Array(first)
}

/** Refused, cancelled, too late: the browser does not tell which, on purpose. */
async function asked(question: Promise<Credential | null>): Promise<PublicKeyCredential> {
  const answer = await question.catch(() => null)
  if (!answer) throw new KeyError('fingerprint-refused')
  return answer as PublicKeyCredential
}
// #endif

export interface Made {
  /** Id of the credential, base64. */
  credential: string
  secret: Uint8Array
}

/**
 * Whether it can be offered here. A relying party is a host name: at a bare address the answer is
 * no.
 */
export async function fingerprintHere(): Promise<boolean> {
  let here = false
  // #ifdef H5
  const host = globalThis.location.hostname
  const named = !/^[\d.]+$|:/.test(host)
  if (!named || !globalThis.isSecureContext || typeof globalThis.PublicKeyCredential !== 'function') return false
  const able = await newer().getClientCapabilities?.().catch(() => undefined)
  here =
    able?.['extension:prf'] !== false &&
    (await PublicKeyCredential.isUserVerifyingPlatformAuthenticatorAvailable().catch(() => false))
  // #endif
  return here
}

/**
 * Makes a credential and its secret for a salt. user: 16 to 64 opaque bytes; a second credential
 * for the same ones takes the first one's place. label: what the device's dialog shows. KeyError
 * 'fingerprint-refused', 'fingerprint-unsupported'.
 */
export async function makeFingerprint(user: Uint8Array<ArrayBuffer>, label: string, salt: Uint8Array): Promise<Made> {
  let made: Made | undefined
  // #ifdef H5
  const credential = await asked(
    navigator.credentials.create({
      publicKey: {
        rp: { name: label },
        user: { id: user, name: label, displayName: label },
        challenge: await randomBytes(CHALLENGE),
        timeout: TIMEOUT,
        attestation: 'none',
        pubKeyCredParams: ALGORITHMS.map((alg) => ({ type: 'public-key', alg })),
        authenticatorSelection: {
          authenticatorAttachment: 'platform',
          userVerification: 'required',
          residentKey: 'discouraged',
        },
        extensions: evaluate(salt),
      },
    }),
  )
  const id = toBase64(new Uint8Array(credential.rawId))
  const prf = (credential.getClientExtensionResults() as PRF).prf
  try {
    if (!prf?.enabled) throw new KeyError('fingerprint-unsupported')
    // Some authenticators evaluate only when asked again.
    const secret = prf.results
      ? secretOf(credential, (credential.response as AuthenticatorAttestationResponse).getAuthenticatorData())
      : await askFingerprint(id, salt)
    made = { credential: id, secret }
  } catch (e) {
    forgetFingerprint(id)
    throw e
  }
  // #endif
  if (!made) throw new KeyError('fingerprint-unsupported')
  return made
}

/** The secret of a credential for a salt, after the person was verified. KeyError as above. */
export async function askFingerprint(credential: string, salt: Uint8Array): Promise<Uint8Array> {
  let secret: Uint8Array | undefined
  // #ifdef H5
  const answer = await asked(
    navigator.credentials.get({
      publicKey: {
        challenge: await randomBytes(CHALLENGE),
        timeout: TIMEOUT,
        userVerification: 'required',
        extensions: evaluate(salt),
        allowCredentials: [{ type: 'public-key', id: fromBase64(credential), transports: ['internal'] }],
      },
    }),
  )
  secret = secretOf(answer, (answer.response as AuthenticatorAssertionResponse).authenticatorData)
  // #endif
  if (!secret) throw new KeyError('fingerprint-unsupported')
  return secret
}

/**
 * Tells the authenticator that a credential is of no use any more; where that cannot be told it
 * stays behind, useless.
 */
export function forgetFingerprint(credential: string): void {
  // #ifdef H5
  const credentialId = credential.replace(/\+/g, '-').replace(/\//g, '_').replace(/=+$/, '')
  void newer()?.signalUnknownCredential?.({ rpId: globalThis.location.hostname, credentialId }).catch(() => undefined)
  // #endif
}
