// The tab bars: which pages each role has at hand. A page that is not here is reached from one that
// is.
import type { Topic } from './events'
import type { Icon } from './icons'
import { homes, type Role } from './session'

export type Tab =
  | 'home'
  | 'visits'
  | 'rxs'
  | 'me'
  | 'work'
  | 'queue'
  | 'scan'
  | 'stock'
  | 'chain'
  | 'verify'
  | 'people'
  | 'health'
  | 'books'

export interface TabItem {
  name: Tab
  icon: Icon
  url: string
  /** What is unread of these is counted on it. */
  topics?: readonly Topic[]
}

const me: TabItem = { name: 'me', icon: 'user', url: '/pages/me/me', topics: ['key', 'family', 'relative', 'account'] }
/** A practitioner's: what was decided of the own office stands there too. */
const mine: TabItem = { ...me, topics: [...me.topics!, 'office'] }

export const tabs: Record<Role, TabItem[]> = {
  patient: [
    { name: 'home', icon: 'home', url: homes.patient },
    { name: 'visits', icon: 'chat', url: '/pages/visits/visits', topics: ['visit'] },
    { name: 'rxs', icon: 'file', url: '/pages/rxs/rxs', topics: ['rx', 'pay'] },
    me,
  ],
  doctor: [
    { name: 'work', icon: 'people', url: homes.doctor, topics: ['visit'] },
    { name: 'rxs', icon: 'file', url: '/pkg-doctor/rxs/rxs', topics: ['rx'] },
    mine,
  ],
  reviewer: [{ name: 'queue', icon: 'file', url: homes.reviewer, topics: ['rx'] }, mine],
  dispenser: [
    { name: 'scan', icon: 'scan', url: homes.dispenser, topics: ['rx'] },
    { name: 'stock', icon: 'shop', url: '/pkg-pharmacy/stock/stock' },
    mine,
  ],
  regulator: [
    { name: 'chain', icon: 'link', url: homes.regulator },
    { name: 'verify', icon: 'check', url: '/pkg-regulator/verify/verify' },
    me,
  ],
  analyst: [
    { name: 'chain', icon: 'link', url: homes.regulator },
    { name: 'verify', icon: 'check', url: '/pkg-regulator/verify/verify' },
    me,
  ],
  admin: [
    { name: 'people', icon: 'people', url: homes.admin, topics: ['office', 'key'] },
    { name: 'health', icon: 'chart', url: '/pkg-admin/health/health' },
    { name: 'books', icon: 'file', url: '/pkg-admin/books/books', topics: ['pay'] },
    me,
  ],
}
