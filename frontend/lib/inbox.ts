// The inbox as it is read: by day, and within a day what leads to one thing together, the newest
// first.
import type { Notice } from './events'
import { day } from './time'

export interface Bundle {
  key: string
  newest: Notice
  /** What was told of the same before, that day. */
  before: Notice[]
  unread: number
}

export interface Day {
  day: string
  bundles: Bundle[]
  /** Lines in all, and how many of them are unread. */
  count: number
  unread: number
}

/** Notices in the order of the server, the newest first; leads says what a notice is about. */
export function inboxDays(notices: readonly Notice[], leads: (n: Notice) => string): Day[] {
  const days: Day[] = []
  for (const n of notices) {
    const on = day(n.at)
    let last = days[days.length - 1]
    if (last?.day !== on) days.push((last = { day: on, bundles: [], count: 0, unread: 0 }))
    const about = `${on} ${leads(n)} ${n.subject || n.kind}`
    const known = last.bundles.find((b) => b.key === about)
    const unread = n.read ? 0 : 1
    if (known) known.before.push(n)
    else last.bundles.push({ key: about, newest: n, before: [], unread: 0 })
    ;(known ?? last.bundles[last.bundles.length - 1]!).unread += unread
    last.count++
    last.unread += unread
  }
  return days
}
