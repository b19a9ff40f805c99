// The desk's other half: stock, administration, the chain for everybody and the regulator, whose
// days stand in desk.mjs with what they share. A suite of its own, so that both halves can be
// walked at once.
export { runOffice as run } from './desk.mjs'

export const name = 'office'
export const own = true
