// A prescription's life checked on this device: every step's signature, certificate and seals
// against the members' lists, every document against what was signed, and the chain's newest state
// against the last step. Loaded when asked for.
import { Refused, api, type Schema } from './api'
import { fromBase64, utf8 } from './bytes'
import { canonical, type JSONValue } from './canonical'
import { openHistory, rosterAt, type Timeline } from './history'
import { Refusal, verifyDocument, verifyReceipt, verifyStatus } from './receipt'
import { recordID } from './record'
import { parseCertificate } from './x509'
import * as storage from '@/platform/storage'

export type Event = Schema<'PrescriptionEventView'>

export interface Checked {
  state: 'verified' | 'pending' | 'wrong'
  /** What did not hold: a reason of RECEIPT.md, or one of ours. */
  reason?: string
  /** Names of the organisations whose seals carry it. */
  sealedBy: string[]
  height: number
  /** The verified receipt, as it came. */
  receipt?: string
}

export interface Trust {
  timeline: Timeline
  /** The lists as they came. */
  history: string
  /** The genesis list, from which all others follow, is another than this device saw first. */
  changed: boolean
}

const slot = 'members'

/** What the device remembers, and what people compare. */
export const fingerprint = (timeline: Timeline) => timeline[0].roster.digest

/** Digest of the genesis list that this device trusts; empty: it has not checked anything yet. */
export const knownGenesis = () => storage.read(slot)

/**
 * The members' lists, whose first is held against the one this device saw first: a server cannot
 * slip in another consortium unseen. Later lists need no word of the person: the members voted for
 * them.
 */
export async function trust(): Promise<Trust> {
  const history = await api.text('/v1/chain/history.json')
  const timeline = openHistory(history)
  const known = knownGenesis()
  if (!known) storage.write(slot, fingerprint(timeline))
  return { timeline, history, changed: known !== '' && known !== fingerprint(timeline) }
}

/** The person has compared the new fingerprint. */
export const accept = (timeline: Timeline) => storage.write(slot, fingerprint(timeline))

const pending = new Set(['receipt-not-sealed', 'record-not-found', 'not-found', 'unavailable', 'chain-busy'])

/** Whose seals a wrong step carries is not told: it would look like their word for it. */
const wrong = (reason: string): Checked => ({ state: 'wrong', reason, sealedBy: [], height: 0 })

/**
 * Checks one step. before: the step it must follow; undefined for the first. Throws only when there
 * is no answer.
 */
export async function checkStep(
  timeline: Timeline,
  prescription: string,
  event: Event,
  before: Event | undefined,
): Promise<Checked> {
  let text: string
  try {
    text = await api.text('/v1/chain/records/{id}/receipt', { path: { id: event.record } })
  } catch (e) {
    if (e instanceof Refused && pending.has(e.code)) return { state: 'pending', sealedBy: [], height: 0 }
    throw e
  }
  try {
    const receipt = verifyReceipt(timeline, text)
    const s = receipt.record.statement
    verifyDocument(s, fromBase64(event.salt), utf8(event.document))
    const actor = parseCertificate(fromBase64(receipt.actorCert))
    const document = JSON.parse(event.document) as { prescription?: string; previous?: string; person?: string }
    const fits =
      recordID(s) === event.record &&
      s.subject === `rx:${prescription}` &&
      s.kind === event.kind &&
      s.seq === event.seq &&
      document.prescription === prescription &&
      (document.previous ?? '') === (before?.record ?? '') &&
      (event.person === '' || actor.cn === event.person) &&
      (document.person ?? '') === event.person
    if (!fits) return wrong('event')
    return {
      state: 'verified',
      sealedBy: receipt.seals.map(
        (x) => rosterAt(timeline, receipt.header.height).orgs.get(x.member)?.name ?? x.member,
      ),
      height: receipt.header.height,
      receipt: text,
    }
  } catch (e) {
    return wrong(e instanceof Refusal ? e.reason : 'malformed')
  }
}

/**
 * Whether the chain's newest state of the prescription is the last step shown; undefined while it
 * is not sealed yet.
 */
export async function checkNewest(timeline: Timeline, prescription: string, last: Event): Promise<boolean | undefined> {
  const { proof } = await api.get('/v1/chain/subjects/{subject}', { path: { subject: `rx:${prescription}` } })
  if (!proof) return undefined
  try {
    const { state } = verifyStatus(timeline, canonical(proof as unknown as JSONValue))
    return state.subject === `rx:${prescription}` && state.last === last.record && state.seq === last.seq
  } catch {
    return false
  }
}
