// The tab bars: which pages each role has at hand. A page that is not here is reached from one that is.
import type { Icon } from './icons'
import { homes, type Role } from './session'

export type Tab = 'home' | 'me' | 'work' | 'queue' | 'scan' | 'chain' | 'people'

export interface TabItem {
  name: Tab
  icon: Icon
  url: string
}

const me: TabItem = { name: 'me', icon: 'user', url: '/pages/me/me' }

export const tabs: Record<Role, TabItem[]> = {
  patient: [{ name: 'home', icon: 'home', url: homes.patient }, me],
  doctor: [{ name: 'work', icon: 'people', url: homes.doctor }, me],
  reviewer: [{ name: 'queue', icon: 'file', url: homes.reviewer }, me],
  dispenser: [{ name: 'scan', icon: 'shop', url: homes.dispenser }, me],
  regulator: [{ name: 'chain', icon: 'link', url: homes.regulator }, me],
  admin: [{ name: 'people', icon: 'people', url: homes.admin }, me],
}
