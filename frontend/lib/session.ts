// Who is logged in on this device. The token never leaves this file and lib/api, and is gone at log-out.
import { computed, ref } from 'vue'
import { deviceName } from '@/platform/device'
import * as storage from '@/platform/storage'

export type Role = 'patient' | 'doctor' | 'reviewer' | 'dispenser' | 'regulator' | 'admin'

export interface Session {
  token: string
  expiresAt: string
  account: { id: string; person: string; role: Role; org: string; due?: 'password' | 'second-factor' }
}

const slot = 'session'
/** By log-in name: what an earlier log-in here gave, so that strangers' wrong guesses delay nobody on this device. Stays at log-out; opens nothing. */
const DEVICES = 'devices'
/** Of as many names. */
const MOST_DEVICES = 10
/** Whose drafts wait on the device after the server ended the session. */
const owner = 'drafts-of'

/** Where bundles lie (lib/bundles), and their codes. */
export const BUNDLES = 'bundle/'
export const CODES = 'codes/'

/** What belongs to a session and must not be seen by the next person. */
const perSession = [slot, 'drafts', owner]

function clear(): void {
  for (const key of [...perSession, ...storage.keys(BUNDLES), ...storage.keys(CODES)]) storage.remove(key)
}

function load(): Session | undefined {
  try {
    const kept = JSON.parse(storage.read(slot)) as Session
    if (Date.parse(kept.expiresAt) > Date.now()) return kept
  } catch {
    return undefined // nobody was logged in
  }
  clear() // it ended while the app was closed
  return undefined
}

const current = ref(load())

/** The session, undefined when nobody is logged in. */
export const session = computed(() => current.value)

/** The account of a page that only a logged-in person reaches. Throws elsewhere. */
export function me(): Session['account'] {
  if (!current.value) throw new Error('session: nobody is logged in')
  return current.value.account
}

export function begin(made: Session): void {
  if ((current.value?.account.person ?? storage.read(owner)) !== made.account.person) clear() // the one before did not log out
  storage.remove(owner)
  current.value = { token: made.token, expiresAt: made.expiresAt, account: made.account }
  storage.write(slot, JSON.stringify(current.value))
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
export const dues = { password: '/pages/password/password', 'second-factor': '/pages/factor/factor' } as const

/** The server ended it in the middle of the work: what was typed waits for the same person and for nobody else. */
export function expire(): void {
  const whose = current.value?.account.person
  current.value = undefined
  storage.remove(slot)
  if (whose) storage.write(owner, whose)
}

export function end(): void {
  current.value = undefined
  clear()
}

/** Where each role is at home. */
export const homes: Record<Role, string> = {
  patient: '/pages/home/home',
  doctor: '/pkg-doctor/home/home',
  reviewer: '/pkg-reviewer/home/home',
  dispenser: '/pkg-pharmacy/home/home',
  regulator: '/pkg-regulator/home/home',
  admin: '/pkg-admin/home/home',
}
