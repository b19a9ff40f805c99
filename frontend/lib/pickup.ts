// The pick-up chain (chain/RECEIPT.md section 7): each claim of a prescription reveals its next
// code.
import { concat, fromHex, utf8 } from './bytes'
import { sm3 } from './sm'

/** Codes of a new prescription's chain. */
export const PICKUP_CODES = 16

const prefix = utf8('smart-hospital/pickup/v1\0')

/** One step up the chain: what a code, in hex, is checked against. */
export const pickupNext = (code: string) => sm3(concat(prefix, fromHex(code)))

/** So many steps up from the secret foot. */
export function pickupHead(foot: string, steps: number = PICKUP_CODES): string {
  let at = foot
  for (let i = 0; i < steps; i++) at = pickupNext(at)
  return at
}
