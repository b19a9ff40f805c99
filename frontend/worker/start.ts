// Runs before the app, while its code is on its way: asks for the files of the page that will be
// shown, and for what that page asks of the server. It decides nothing. What it guesses wrong was
// asked in vain, and the app then asks itself. build/pwa.ts writes the tables in front.
import type { Asked } from '../lib/asked-first'

declare const FILES: string[]
/** By page: places in FILES. */
declare const PAGES: Record<string, number[]>
declare const ENGLISH: string
declare const HOMES: Record<string, string>
declare const ASKED: Record<string, string[]>
declare const FRESH: number

interface Kept {
  token: string
  expiresAt: string
  account: { role: string; due?: string }
}

function kept<T>(shelf: Storage, name: string): T | undefined {
  try {
    return (JSON.parse(shelf.getItem(name) ?? 'null') as T | null) ?? undefined
  } catch {
    return undefined // damaged, or this browser keeps nothing
  }
}

function sessionOf(shelf: Storage): Kept | undefined {
  const found = kept<Kept>(shelf, 'session')
  return found && Date.parse(found.expiresAt) > Date.now() ? found : undefined
}

function fetchFile(name: string): void {
  const link = document.createElement('link')
  link.rel = name.endsWith('.css') ? 'preload' : 'modulepreload'
  if (name.endsWith('.css')) link.as = 'style' // asked for as the sheet itself will be: without crossorigin
  else link.crossOrigin = ''
  link.href = `./${name}`
  document.head.append(link)
}

function start(): void {
  // Behind the desk's lock these pages know of no session (platform/storage).
  const session = sessionStorage.getItem('desk-locked')
    ? undefined
    : (sessionOf(sessionStorage) ?? sessionOf(localStorage))
  const login = 'pages/login/login'
  const named = location.hash.replace(/^#\/?/, '').split('?')[0]!
  const home = session && !session.account.due ? HOMES[session.account.role]?.slice(1) : undefined
  // Without an address the log-in page comes first, and leads a session home.
  const pages = named ? [named] : [login, ...(home ? [home] : [])]
  const files = new Set(pages.flatMap((page) => PAGES[page] ?? PAGES[login]!).map((i) => FILES[i]!))
  if (kept<{ language?: string }>(localStorage, 'settings')?.language === 'en') files.add(ENGLISH)
  files.forEach(fetchFile)
  const shown = pages[pages.length - 1]!
  const asked: Asked = new Map()
  const isPatient = session && !session.account.due && session.account.role === 'patient'
  for (const path of ASKED[shown] ?? []) {
    const owned = path.startsWith('/v1/')
    if (owned && !isPatient) continue
    const header: Record<string, string> = owned ? { Authorization: `Bearer ${session!.token}` } : {}
    asked.set(
      `${header.Authorization ?? ''}${path}`,
      fetch(path, { headers: header, signal: AbortSignal.timeout(FRESH) }).catch(() => undefined),
    )
  }
  Object.assign(globalThis, { asked })
}

try {
  start()
} catch {
  // A browser that keeps nothing: the app says so itself.
}
