// What subjects of the chain, and those who write of them, are called (chain/contract).
import { contract } from './contract'

const subjects = new RegExp(contract.subjects)
const states = new RegExp(contract.states)
const whole = (pattern: string) => new RegExp(`^(?:${pattern})$`)
const names = {
  chain: whole(contract.names.chain),
  org: whole(contract.names.org),
  person: whole(contract.names.person),
}

/** Whether records may name it. */
export const isSubject = (text: string) => subjects.test(text)

/** Whether a state may be called so: a subject, or what the steps of others derive. */
export const isState = (text: string) => states.test(text)

/** Whether a chain, a member or a person's certificate may be called so. */
export const isNamed = (what: keyof typeof names, text: string) => names[what].test(text)
