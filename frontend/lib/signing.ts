// One act signed on this device: check that what the server wants signed is what it shows, open the
// key with the PIN or by fingerprint, sign, send. Loaded when needed, for it brings the signing
// code along.
import { api, commandKey, type Schema } from './api'
import { fromHex, toBase64, utf8 } from './bytes'
import { canonical, parseCanonical, type JSONValue } from './canonical'
import { unlockByFingerprint } from './fingerprint'
import { unlock, storedKey } from './keystore'
import { KeyError, Surprise } from './faults'
import {
  SALT,
  bytesOf,
  documentDigest,
  recordID,
  statementKeepsRules,
  statementShape,
  type Kind,
  type Statement,
} from './record'
import { sign, type KeyPair } from './sm'
import { isDirectional } from './bidi'

export type Intent = Schema<'IntentView'>
export type Signed = Schema<'Signed'>

/** An intent that was held against itself. */
export interface Inspected {
  intent: Intent
  statement: Statement
  document: { [name: string]: JSONValue }
}

export interface Expected {
  kind: Kind
  /** Prescription the act is about, when the page knows it. */
  prescription?: string
  /** The person's certificate, as the key store has it. */
  certificate: string
}

/**
 * A statement's time may differ that much from this device's clock, in ms; a wrong clock must not
 * stop a doctor.
 */
const CLOCK = 24 * 3600_000

/**
 * Checks that the statement is canonical, of the kind asked for, in this person's name, and commits
 * to the very document that will be shown. Throws Surprise.
 */
export function inspect(intent: Intent, expected: Expected, now: number): Inspected {
  const demand = (holds: boolean, what: Surprise['what']) => {
    if (!holds) throw new Surprise(what)
  }
  const statement = parseCanonical<Statement>(intent.statement, statementShape)
  if (
    !statement ||
    canonical(statement as unknown as JSONValue) !== intent.statement ||
    !statementKeepsRules(statement)
  )
    throw new Surprise('statement')
  demand(statement.kind === expected.kind, 'kind')
  demand(expected.certificate === '' || statement.actor === expected.certificate, 'actor')
  demand(
    /^([0-9a-f]{2})+$/.test(intent.salt) &&
      intent.salt.length === 2 * SALT &&
      documentDigest(fromHex(intent.salt), utf8(intent.document)) === statement.digest,
    'document',
  )
  demand(recordID(statement) === intent.record, 'record')
  demand(Math.abs(statement.time - now) < CLOCK, 'clock')
  demand(!isDirectional(intent.document), 'document')
  const document = parseDocument(intent.document)
  const about = expected.prescription
  demand(
    about === undefined ||
      (document.prescription === about &&
        (statement.subject === `rx:${about}` || statement.facts.ref === `rx:${about}`)),
    'subject',
  )
  return { intent, statement, document }
}

function parseDocument(text: string): { [name: string]: JSONValue } {
  try {
    const value = JSON.parse(text) as JSONValue
    // Canonical means: one text, one reading. A doubled member would show one value and sign
    // another.
    if (canonical(value) === text && typeof value === 'object' && value !== null && !Array.isArray(value)) return value
  } catch {
    // told below
  }
  throw new Surprise('document')
}

/** Prepares an act at a path such as '/v1/prescriptions/{id}/issue' and inspects the answer. */
export async function prepare(
  ask: () => Promise<Intent>,
  person: string,
  kind: Kind,
  prescription?: string,
): Promise<Inspected> {
  const key = storedKey(person)
  if (!key) throw new KeyError('no-key')
  return inspect(await ask(), { kind, prescription, certificate: key.certificate }, Date.now())
}

/**
 * prepare for a key on another device of the person, which looks at the act itself before it signs.
 */
export async function prepareElsewhere(
  ask: () => Promise<Intent>,
  kind: Kind,
  prescription?: string,
): Promise<Inspected> {
  return inspect(await ask(), { kind, prescription, certificate: '' }, Date.now())
}

/**
 * Signs what was inspected and shown, and sends the signature; without a PIN the person confirms by
 * fingerprint. KeyError for PIN and fingerprint, Surprise for another record.
 */
export async function signAndSend(act: Inspected, person: string, pin?: string): Promise<Signed> {
  return signWith(act, pin === undefined ? await unlockByFingerprint(person) : await unlock(person, pin))
}

/** signAndSend with a key that is open. */
export async function signWith(act: Inspected, key: KeyPair): Promise<Signed> {
  const signature = toBase64(await sign(bytesOf(act.statement), key))
  const done = await api.post(
    '/v1/intents/{id}/sign',
    { path: { id: act.intent.id }, body: { signature } },
    await commandKey(),
  )
  if (done.record !== act.intent.record) throw new Surprise('record')
  return done
}
