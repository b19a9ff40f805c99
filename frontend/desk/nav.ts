// Which workplaces a role has at the desk. A role without one works on the phone's pages.
import type { Topic } from '@/lib/events'
import type { Key } from '@/lib/i18n'
import type { Icon } from '@/lib/icons'
import type { Role } from '@/lib/session'
import { atRegulator } from './node'

export interface Place {
  path: string
  title: Key
  icon: Icon
  /** What is unread of these is counted on it. */
  topics?: readonly Topic[]
}

/** Open to everybody, without a log-in as well. */
export const chain: Place[] = [
  { path: '/explore', title: 'desk.explore', icon: 'link' },
  { path: '/verify', title: 'desk.verify', icon: 'check' },
]

const places: Partial<Record<Role, Place[]>> = {
  doctor: [{ path: '/doctor', title: 'desk.doctor', icon: 'chat', topics: ['visit', 'rx', 'template'] }],
  reviewer: [{ path: '/reviewer', title: 'desk.reviewer', icon: 'file', topics: ['rx', 'template'] }],
  regulator: chain,
  admin: [
    { path: '/today', title: 'desk.today', icon: 'chart', topics: ['pay'] },
    { path: '/staff', title: 'desk.staff', icon: 'people', topics: ['office', 'key'] },
    { path: '/audit', title: 'desk.audit', icon: 'file' },
    { path: '/settings', title: 'desk.settings', icon: 'setting' },
    { path: '/schedules', title: 'desk.schedules', icon: 'time', topics: ['office'] },
    { path: '/prices', title: 'desk.prices', icon: 'shop' },
    ...chain,
  ],
  dispenser: [
    { path: '/counter', title: 'desk.counter', icon: 'scan', topics: ['rx'] },
    { path: '/stock', title: 'desk.stock', icon: 'shop' },
  ],
}

/** At a regulator's own node. */
const atNode: Partial<Record<Role, Place[]>> = {
  regulator: [
    { path: '/overview', title: 'desk.watch', icon: 'chart' },
    { path: '/findings', title: 'desk.findings', icon: 'search' },
    { path: '/export', title: 'desk.export', icon: 'file' },
    ...chain,
  ],
  analyst: [{ path: '/overview', title: 'desk.watch', icon: 'chart' }, ...chain],
  admin: [
    { path: '/people', title: 'desk.people', icon: 'people' },
    { path: '/audit', title: 'desk.audit', icon: 'file' },
    ...chain,
  ],
}

export const placesOf = (role: Role): Place[] => (atRegulator.value ? atNode : places)[role] ?? []

export const homeOf = (role: Role) => placesOf(role)[0]?.path ?? '/none'
