// The tab bars: which pages each role has at hand. A page that is not here is reached from one that is.
import type { Icon } from './icons'
import { homes, type Role } from './session'

export type Tab = 'home' | 'visits' | 'rxs' | 'me' | 'work' | 'queue' | 'scan' | 'stock' | 'chain' | 'verify' | 'people' | 'health' | 'books'

export interface TabItem {
  name: Tab
  icon: Icon
  url: string
}

const me: TabItem = { name: 'me', icon: 'user', url: '/pages/me/me' }

export const tabs: Record<Role, TabItem[]> = {
  patient: [{ name: 'home', icon: 'home', url: homes.patient }, { name: 'visits', icon: 'chat', url: '/pages/visits/visits' }, { name: 'rxs', icon: 'file', url: '/pages/rxs/rxs' }, me],
  doctor: [{ name: 'work', icon: 'people', url: homes.doctor }, { name: 'rxs', icon: 'file', url: '/pkg-doctor/rxs/rxs' }, me],
  reviewer: [{ name: 'queue', icon: 'file', url: homes.reviewer }, me],
  dispenser: [{ name: 'scan', icon: 'scan', url: homes.dispenser }, { name: 'stock', icon: 'shop', url: '/pkg-pharmacy/stock/stock' }, me],
  regulator: [{ name: 'chain', icon: 'link', url: homes.regulator }, { name: 'verify', icon: 'check', url: '/pkg-regulator/verify/verify' }, me],
  admin: [
    { name: 'people', icon: 'people', url: homes.admin },
    { name: 'health', icon: 'chart', url: '/pkg-admin/health/health' },
    { name: 'books', icon: 'file', url: '/pkg-admin/books/books' },
    me,
  ],
}
