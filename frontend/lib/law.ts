// What the law of the chain lets happen next (chain/contract): pages offer a step where the ledger
// would take it.
import type { Schema } from './api'
import { steps } from './steps'

export type Step = keyof typeof steps
type Status = Schema<'PrescriptionSummary'>['status']

const all = Object.entries(steps) as [Step, { readonly from: readonly string[]; readonly to: string }][]
const ofPrescriptions = all.filter(([kind]) => kind.startsWith('rx.'))

/**
 * Whether a step may be taken from a status: of a prescription, a settlement and so on, as the kind
 * says.
 */
export const startsFrom = (kind: Step, status = '') => (steps[kind].from as readonly string[]).includes(status)

/**
 * Whether a step leads away from a prescription's status. No step of the chain does from a draft,
 * which it does not know.
 */
export const isMoving = (status: string) =>
  status !== '' && ofPrescriptions.some(([, { from, to }]) => from.includes(status) && to !== '' && to !== status)

/** Whether a prescription stays where it stands for good. */
export const isOver = (status: string) => status !== 'draft' && !isMoving(status)

/** The statuses of prescriptions that the chain knows. */
export const statuses = [...new Set(ofPrescriptions.map(([, { to }]) => to))].filter((s): s is Status => s !== '')
