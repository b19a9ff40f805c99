// Where a line of the inbox leads to, by who reads it.
import type { Notice } from '@/lib/events'
import { homes, type Role } from '@/lib/session'

const visits: Partial<Record<Role, string>> = { patient: '/pages/chat/chat?id=', doctor: '/pkg-doctor/visit/visit?id=' }
const prescriptions: Partial<Record<Role, string>> = {
  patient: '/pages/rx/rx?id=',
  doctor: '/pkg-doctor/rx/rx?id=',
  reviewer: '/pkg-reviewer/review/review?id=',
  dispenser: '/pkg-pharmacy/rx/rx?id=',
}

export function leadsTo(n: Pick<Notice, 'kind' | 'subject'>, role: Role): string | undefined {
  const [topic] = n.kind.split('.')
  if (n.kind === 'office.scheduled' && role === 'doctor') return '/pkg-doctor/hours/hours'
  // Before its claim a pharmacy reads nothing of a prescription.
  if (
    n.kind === 'rx.chosen' ||
    (n.kind === 'rx.paid' && role === 'dispenser') ||
    topic === 'office' ||
    topic === 'template'
  )
    return homes[role]
  if (n.kind === 'pay.desk') return '/pkg-admin/desk/desk'
  if (topic === 'visit') return visits[role] && visits[role] + n.subject
  if (topic === 'rx' || topic === 'pay') return prescriptions[role] && prescriptions[role] + n.subject
  if (topic === 'key') return role === 'admin' ? '/pkg-admin/requests/requests' : '/pages/key/key'
  if (topic === 'family') return '/pages/profile/profile'
  if (topic === 'relative') return '/pkg-family/family/family'
  if (topic === 'account') return '/pages/devices/devices'
  return undefined
}
