// What changed since a prescription was signed, and what the next step must say to it.
import type { Schema } from './api'

export type Recheck = Schema<'PrescriptionRecheck'>
type Finding = Schema<'PrescriptionFinding'>
type Override = Schema<'PrescriptionOverride'>

/** The shortest reason the server takes. */
const REASON = 4

export const good = (text: string | undefined) => (text ?? '').trim().length >= REASON

/** At the counter a critical one is answered by the prescriber, everything else by a written reason. */
export const toAnswer = (r: Recheck | undefined, counter: boolean): Finding[] => (r?.new ?? []).filter((f) => !counter || f.severity !== 'critical')

export const toAsk = (r: Recheck | undefined): Finding[] => (r?.new ?? []).filter((f) => f.severity === 'critical')

export const overridesOf = (list: Finding[], reasons: Record<string, string>): Override[] => list.map((f) => ({ key: f.key, reason: (reasons[f.key] ?? '').trim() }))

export const answered = (list: Finding[], reasons: Record<string, string>) => list.every((f) => good(reasons[f.key]))

/** Whether there is anything to show. */
export const moved = (r: Recheck | undefined) => !!r && (!!r.new?.length || !!r.changed?.length || !!r.refusals?.length)
