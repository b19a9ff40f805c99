// The service worker: keeps the shell of one build, which is its first page, scripts and styles,
// for when there is no network. It answers for these alone. What the server says (/v1 and all else)
// passes by it, so no answer is ever served from here: what a patient saw last is kept by lib/seen,
// which knows whose it is. A new build's worker waits until no tab of the old one is open (nothing
// here skips that), so a tab finds the files of its own build to its end.
export {}

/** Written in front by build/pwa.ts. */
declare const BUILD: string
declare const KEPT: string[]

interface ExtendableEvent extends Event {
  waitUntil(work: Promise<unknown>): void
}
interface FetchEvent extends ExtendableEvent {
  request: Request
  respondWith(answer: Promise<Response>): void
}
interface Scope {
  registration: { scope: string }
  clients: { claim(): Promise<void> }
  addEventListener(type: 'install' | 'activate', heard: (e: ExtendableEvent) => void): void
  addEventListener(type: 'fetch', heard: (e: FetchEvent) => void): void
}
const worker = self as unknown as Scope

const PREFIX = 'shell-'
const shell = PREFIX + BUILD
const { scope } = worker.registration
/** The server packs by Accept-Encoding, which a script does not see. */
const found = { ignoreVary: true }
/** After so long the kept page stands in for one that does not come, in ms. */
const PATIENCE = 4000

worker.addEventListener('install', (e) => {
  e.waitUntil(caches.open(shell).then((cache) => cache.addAll([scope, ...KEPT.map((name) => scope + name)])))
})

worker.addEventListener('activate', (e) => {
  const gone = async () => {
    for (const name of await caches.keys()) if (name.startsWith(PREFIX) && name !== shell) await caches.delete(name)
    await worker.clients.claim()
  }
  e.waitUntil(gone())
})

/**
 * The device is full, or keeps nothing for this browser: then the network answers, as without this
 * worker.
 */
const keptOf = (request: RequestInfo, how: MultiCacheQueryOptions) => caches.match(request, how).catch(() => undefined)
const keep = async (request: Request, answer: Response) => (await caches.open(shell)).put(request, answer)

/** The newest page, and the kept one when none comes: its scripts are kept with it. */
async function firstPage(request: Request): Promise<Response> {
  const kept = await keptOf(scope, { ...found, cacheName: shell })
  const asked = fetch(request)
  if (!kept) return asked
  const late = new Promise<undefined>((done) => setTimeout(done, PATIENCE))
  const answer = await Promise.race([asked.catch(() => undefined), late])
  return answer && answer.status < 500 ? answer : kept
}

/** A name carries its file's digest, so what is kept under it is the file. */
async function asset(request: Request): Promise<Response> {
  const kept = await keptOf(request, found)
  if (kept) return kept
  const answer = await fetch(request)
  if (answer.ok) keep(request, answer.clone()).catch(() => undefined)
  return answer
}

worker.addEventListener('fetch', (e) => {
  const { request } = e
  if (request.method !== 'GET' || !request.url.startsWith(scope)) return
  const name = request.url.slice(scope.length).split(/[?#]/)[0]!
  if (request.mode === 'navigate' && name === '') e.respondWith(firstPage(request))
  else if (name.startsWith('assets/')) e.respondWith(asset(request))
})
