// What subjects of the chain are called (chain/contract).
import { contract } from './contract'

const subjects = new RegExp(contract.subjects)
const states = new RegExp(contract.states)

/** Whether records may name it. */
export const isSubject = (text: string) => subjects.test(text)

/** Whether a state may be called so: a subject, or what the steps of others derive. */
export const isState = (text: string) => states.test(text)
