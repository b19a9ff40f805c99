// Who is logged in in this tab. The token never leaves this file and lib/api, and is gone at
// log-out.
import { computed, ref } from 'vue'
import { deviceName } from '@/platform/device'
import * as storage from '@/platform/storage'
import { homes, type Role } from './homes'

export { homes, type Role }

export interface Session {
  token: string
  expiresAt: string
  account: { id: string; person: string; role: Role; org: string; due?: 'password' | 'second-factor' | 'consent' }
}

const slot = 'session'
/**
 * By log-in name: what an earlier log-in here gave, so that strangers' wrong guesses delay nobody
 * on this device. Stays at log-out; opens nothing.
 */
const DEVICES = 'devices'
/** Of as many names. */
const MOST_DEVICES = 10
/** Whose drafts wait on the device after the server ended the session. */
const owner = 'drafts-of'

/** Where bundles lie (lib/bundles), and their codes. */
export const BUNDLES = 'bundle/'
export const CODES = 'codes/'
export const SHORTS = 'short/'
/** Where lies what was seen last (lib/seen). */
export const SEEN = 'seen/'
/** How the desk's tables stand: a filter may be somebody's name. */
export const TABLES = 'table/'

/** What belongs to a session and must not be seen by the next person. */
const perSession = ['drafts', owner]

// A session belongs to its tab. On the device it lies as well when its person wants to be
// remembered there: then another tab, and the next start, begin with it. What it keeps (drafts,
// bundles) lies where it does.
const tab = storage.tabShelf()
const { device } = storage

const keptOn = (shelf: storage.Shelf) => [
  ...perSession,
  ...shelf.keys(BUNDLES),
  ...shelf.keys(CODES),
  ...shelf.keys(SHORTS),
  ...shelf.keys(SEEN),
  ...shelf.keys(TABLES),
]

function clear(shelf: storage.Shelf): void {
  for (const key of [slot, ...keptOn(shelf)]) shelf.remove(key)
}

function move(from: storage.Shelf, to: storage.Shelf): void {
  for (const key of keptOn(from)) {
    const value = from.read(key)
    if (value) to.write(key, value)
    from.remove(key)
  }
}

interface Kept extends Session {
  remembered?: boolean
}

/**
 * Undefined when nobody is logged in there; what ended while the app was closed is cleared away.
 */
function keptSession(shelf: storage.Shelf): Kept | undefined {
  try {
    const kept = JSON.parse(shelf.read(slot)) as Kept
    if (Date.parse(kept.expiresAt) > Date.now()) return kept
  } catch {
    return undefined
  }
  clear(shelf)
  return undefined
}

/** Whose things lie there. */
const whose = (shelf: storage.Shelf) => keptSession(shelf)?.account.person ?? shelf.read(owner)

let shelf = tab

function load(): Session | undefined {
  if (storage.isShut()) return undefined
  const here = keptSession(tab)
  const kept = here ?? keptSession(device)
  if (!kept) return undefined
  const { token, expiresAt, account } = kept
  const remembered = !here || here.remembered
  if (remembered) shelf = device
  tab.write(slot, JSON.stringify({ token, expiresAt, account, remembered }))
  return { token, expiresAt, account }
}

const current = ref(load())

/**
 * Where this session keeps its things now. The device's shelf is another person's once that one is
 * remembered there, and nobody's after a log-out in another tab: then this tab keeps for itself.
 */
function place(): storage.Shelf {
  return shelf === device && current.value && whose(device) !== current.value.account.person ? tab : shelf
}

/** What this session keeps: gone at log-out, and when somebody else logs in here. */
export const own: storage.Shelf = {
  read: (key) => place().read(key),
  write: (key, value) => place().write(key, value),
  keys: (prefix) => place().keys(prefix),
  remove: (key) => place().remove(key),
}

/** The session, undefined when nobody is logged in. */
export const session = computed(() => current.value)

let last: Session['account'] | undefined

/**
 * The account of a page that only a logged-in person reaches. Its pages are drawn once more after
 * the session ended, before the log-in page stands there: until then it is the account that ended.
 * Throws where nobody has logged in at all.
 */
export function me(): Session['account'] {
  last = current.value?.account ?? last
  if (!last) throw new Error('session: nobody is logged in')
  return last
}

/** Ends at the server what nobody here goes on with; lib/api sets it. */
export const onLeftBehind: { run: (token: string) => void } = { run: () => undefined }

/**
 * begin, where nobody has logged in by another way meanwhile; else nobody's session ends but the
 * one that was made, at the server.
 */
export function beginFirst(made: Session, remembered = false): boolean {
  if (session.value) onLeftBehind.run(made.token)
  else begin(made, remembered)
  return session.value?.token === made.token
}

/**
 * remembered: its person wants to be logged in on this device after the tab is closed, and in other
 * tabs.
 */
export function begin(made: Session, remembered = false): void {
  const person = made.account.person
  tab.remove(storage.LOCKED) // a password was given
  const to = remembered ? device : tab
  const from = remembered ? tab : device
  const before = keptSession(tab)
  // Also the same person's: whoever unlocks a desk goes on with the new session, and nobody with
  // the old one.
  if (before && before.token !== made.token && !before.remembered) onLeftBehind.run(before.token)
  if (whose(tab) !== person) clear(tab) // the one before did not log out
  if (remembered && whose(device) !== person) clear(device) // the device remembers one person
  // What waits for this person elsewhere comes along; what another tab works with stays there.
  if (from !== to && (from === tab ? whose(tab) : keptSession(device) ? '' : device.read(owner)) === person)
    move(from, to)
  shelf = to
  to.remove(owner)
  current.value = { token: made.token, expiresAt: made.expiresAt, account: made.account }
  const text = JSON.stringify({ ...current.value, remembered })
  tab.write(slot, text)
  to.write(slot, text)
}

/**
 * From now on this session is this tab's alone: another tab of the device does not begin with it.
 */
export function keepHere(): void {
  if (!current.value || !isOnDevice(current.value.token)) return
  move(device, tab)
  device.remove(slot)
  shelf = tab
  tab.write(slot, JSON.stringify({ ...current.value, remembered: false }))
}

function devices(): Record<string, string> {
  try {
    return JSON.parse(storage.read(DEVICES)) as Record<string, string>
  } catch {
    return {} // nobody has logged in here
  }
}

/** What tells the server that a log-in comes from a device it knows. */
export function knownDevice(login: string): { device?: string; deviceName?: string } {
  return { device: devices()[login], deviceName: deviceName() }
}

export function keepDevice(login: string, token: string | undefined): void {
  if (!token) return
  const kept = Object.entries(devices()).filter(([name]) => name !== login)
  storage.write(DEVICES, JSON.stringify(Object.fromEntries([...kept.slice(1 - MOST_DEVICES), [login, token]])))
}

/** Where somebody has to go before anything else. */
export const dues = {
  password: '/pages/password/password',
  'second-factor': '/pages/factor/factor',
  consent: '/pkg-paper/consent/consent',
} as const

/**
 * What keeps a session from every other page; who has not agreed to the papers still sees what is
 * its own.
 */
export function barred(): keyof typeof dues | undefined {
  const due = current.value?.account.due
  return due === 'consent' ? undefined : due
}

/** The account agreed to the papers in force, or took that back. */
export function consented(agreed: boolean): void {
  if (!current.value) return
  const { due: _, ...account } = current.value.account
  current.value = { ...current.value, account: agreed ? account : { ...account, due: 'consent' } }
  const at = isOnDevice(current.value.token) ? [tab, device] : [tab]
  for (const s of at) s.write(slot, JSON.stringify({ ...keptSession(s), ...current.value }))
}

/** Whether the device remembers this very session, and not one that another tab began since. */
const isOnDevice = (token: string | undefined) => token !== undefined && keptSession(device)?.token === token

/**
 * The server ended it in the middle of the work: what was typed waits for the same person and for
 * nobody else. What was read goes: the phone may be in other hands, and its person may have ended
 * the session for that from elsewhere.
 */
export function expire(): void {
  const was = current.value
  const at = place()
  for (const key of at.keys(SEEN)) at.remove(key)
  current.value = undefined
  const there = isOnDevice(was?.token)
  tab.remove(slot)
  if (there) device.remove(slot)
  if (was && (at === tab || there)) at.write(owner, was.account.person)
}

export function end(): void {
  const there = isOnDevice(current.value?.token)
  current.value = undefined
  clear(tab)
  if (there) clear(device)
}

/** Who has a workplace at the desk (frontend/desk). */
export const atDesk: readonly Role[] = ['doctor', 'reviewer', 'dispenser', 'admin', 'regulator', 'analyst']
