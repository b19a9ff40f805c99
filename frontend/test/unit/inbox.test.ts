// The inbox is by day, and what leads to one thing is one line with its earlier ones behind it.
import { expect, it } from 'vitest'
import type { Notice } from '@/lib/events'
import { inboxDays } from '@/lib/inbox'

const told = (id: number, kind: string, subject: string, at: string, read = false) =>
  ({ id, kind, subject, at, read }) as Notice

it('bundles what was told of one thing on one day', () => {
  const days = inboxDays(
    [
      told(6, 'pay.paid', 'RX1', '2026-11-22T09:00:00Z'),
      told(5, 'visit.message', 'CN1', '2026-11-22T08:00:00Z'),
      told(4, 'rx.approved', 'RX1', '2026-11-22T07:00:00Z', true),
      told(3, 'visit.active', 'CN1', '2026-11-22T06:00:00Z'),
      told(2, 'visit.accepted', 'CN1', '2026-11-21T15:59:00Z'),
      told(1, 'account.new-device', '', '2026-11-21T02:00:00Z'),
    ],
    (n) => n.subject || n.kind,
  )
  expect(days.map((d) => [d.day, d.count, d.unread])).toEqual([['2026-11-22', 4, 3], ['2026-11-21', 2, 2]])
  expect(days.map((d) => d.bundles.map((b) => [b.newest.id, b.before.map((n) => n.id), b.unread]))).toEqual([
    [[6, [4], 1], [5, [3], 2]],
    [[2, [], 1], [1, [], 1]],
  ])
})
