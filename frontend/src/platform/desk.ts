// The desk (frontend/desk): the application for those who sit at a wide screen. The mini-program
// has none.
import { atDesk, type Role } from '@/lib/session'

/** Narrower than that the pages of the mini-app are the better ones, in CSS pixels. */
const WIDE = 1280

/** Where the desk of a page of this application is: beside it. */
export const deskOf = (page: string) => new URL('desk/', page.split('#')[0]).href

/**
 * Leads staff with a workplace there to the desk, where the session of this tab goes on; false when
 * they stay here.
 */
export function toDesk(role: Role): boolean {
  let gone = false
  // #ifdef H5
  gone = atDesk.includes(role) && globalThis.innerWidth >= WIDE
  if (gone) globalThis.location.assign(deskOf(globalThis.location.href))
  // #endif
  return gone
}
