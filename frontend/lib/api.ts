// The server, typed by its own OpenAPI description (lib/openapi.d.ts, "npm run api"). A command
// carries an idempotency key and is repeated with the same key when its answer was lost; a refusal
// is a Refused with the server's stable code.
import type { components, paths } from './openapi'
import { serverOrigin } from '@/platform/server'
import { randomBytes } from '@/platform/random'
import { download, request, upload } from '@/platform/request'
import type { Answer } from './http'
import { parsed } from './bidi'
import { toHex } from './bytes'
import { outage } from './outage'
import { forgetSeen, hasSeen, keepSeen, lastSeen, pageOnTop } from './seen'
import { consented, expire, onLeftBehind, session } from './session'

export type Schema<K extends keyof components['schemas']> = components['schemas'][K]

type Method = 'get' | 'post' | 'put' | 'delete'
type PathsOf<M extends Method> = {
  [P in keyof paths]: paths[P][M] extends { responses: unknown } ? P : never
}[keyof paths]
type Operation<P extends keyof paths, M extends Method> = paths[P][M]
type Content<R> = R extends { content: { 'application/json': infer T } } ? T : undefined
type Answered<O> = O extends { responses: infer R }
  ? R extends { 200: infer A }
    ? Content<A>
    : R extends { 201: infer A }
      ? Content<A>
      : undefined
  : never
type PathArgs<O> = O extends { parameters: { path: infer T } } ? { path: T } : { path?: undefined }
type QueryArgs<O> = O extends { parameters: { query?: infer T } } ? { query?: T } : { query?: undefined }
type BodyArgs<O> = O extends { requestBody: { content: { 'application/json': infer T } } }
  ? { body: T }
  : { body?: undefined }
type Args<O> = PathArgs<O> & QueryArgs<O> & BodyArgs<O>
type Rest<T> = Record<string, never> extends T ? [args?: T] : {} extends T ? [args?: T] : [args: T]

export interface Field {
  field?: string
  rule: string
  cite?: string
}

/** A refusal of the server (RFC 9457). lib/problems turns it into words. */
export class Refused extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    readonly detail: string,
    readonly fields: Field[],
    readonly retryAfter: number,
    /** Request id, to be told to the hospital. */
    readonly instance: string,
    /** With consultation-open: the consultation that is open, the person's own or the child's. */
    readonly consultation = '',
  ) {
    super(`${status} ${code}`)
  }
}

/** No answer, or one nobody can read. */
export class Offline extends Error {
  constructor() {
    super('no answer from the server')
  }
}

const TIMEOUT = 30_000
/** Pauses before a command or reading is tried again, in ms. */
const PAUSES = [400, 1200, 3000]
/**
 * Pauses after those while the hospital itself says that a part of it is away: it is waited for,
 * and the page says so (lib/outage).
 */
const OUTAGE_PAUSES = Array.from({ length: 8 }, () => 5000)
/** Longest Retry-After that is waited for; a longer one is shown. Seconds. */
const MAX_WAIT = 5

async function once(method: string, url: string, body: unknown, header: Record<string, string>): Promise<Answer> {
  const r = await request({
    url,
    method,
    data: body === undefined ? undefined : JSON.stringify(body),
    header: { ...(body === undefined ? {} : { 'Content-Type': 'application/json' }), ...header },
    timeout: TIMEOUT,
  })
  if (!r) throw new Offline()
  return r
}

/** What an answer that is no success says. */
export function refusal(r: Answer): Error {
  try {
    const p = JSON.parse(r.text) as {
      status: number
      code: string
      detail?: string
      errors?: Field[]
      instance?: string
      consultation?: string
    }
    if (typeof p.code === 'string')
      return new Refused(
        p.status,
        p.code,
        p.detail ?? '',
        p.errors ?? [],
        Number(r.header['retry-after'] ?? 0),
        p.instance ?? '',
        p.consultation,
      )
  } catch {
    // a proxy's page, not our server's answer
  }
  return new Offline()
}

/** Whether the same request may succeed in a moment. */
function passing(e: unknown): e is Refused | Offline {
  return (
    e instanceof Offline || (e instanceof Refused && (e.status === 503 || e.status === 408) && e.retryAfter <= MAX_WAIT)
  )
}

/** Whether the hospital answers, and says that a part of it is away for now. */
const away = (e: unknown) => e instanceof Refused && e.status === 503 && e.code === 'unavailable'

const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

/**
 * Called when the server says that the session ended; lib/page sets it to the way to the log-in
 * page.
 */
export const onSessionEnd: { run: () => void } = { run: () => undefined }

/** most: how often it is tried again at the most. */
async function send(
  method: string,
  url: string,
  body: unknown,
  header: Record<string, string>,
  most = Infinity,
): Promise<string> {
  for (let attempt = 0; ; attempt++) {
    try {
      const r = await once(method, url, body, header)
      if (r.status >= 200 && r.status < 300) {
        outage.on = false
        return r.text
      }
      throw refusal(r)
    } catch (e) {
      if (
        e instanceof Refused &&
        e.code === 'unauthenticated' &&
        header.Authorization !== undefined &&
        header.Authorization === bearer().Authorization
      ) {
        expire()
        onSessionEnd.run()
      }
      // A version came into force, or it was taken back elsewhere: the pages that say so know it
      // from here.
      if (e instanceof Refused && e.code === 'consent-required' && header.Authorization === bearer().Authorization)
        consented(false)
      const pause = PAUSES[attempt] ?? (away(e) ? OUTAGE_PAUSES[attempt - PAUSES.length] : undefined)
      if (attempt > 0 || !away(e)) outage.on = away(e)
      if (pause === undefined || attempt >= most || !passing(e)) throw e
      await sleep(e instanceof Refused && e.retryAfter > 0 ? e.retryAfter * 1000 : pause)
    }
  }
}

export function address(path: string, args: { path?: unknown; query?: unknown } = {}): string {
  const names = (args.path ?? {}) as Record<string, string | number>
  // A colon or an @ needs no escape in a path, and the server's router takes rx%3A… as it is
  // written.
  const filled = path.replace(/\{(\w+)\}/g, (_, name: string) =>
    encodeURIComponent(String(names[name])).replace(/%(3A|40)/g, decodeURIComponent),
  )
  const query = Object.entries((args.query ?? {}) as Record<string, unknown>)
    .filter(([, v]) => v !== undefined && v !== '')
    .map(([k, v]) => `${encodeURIComponent(k)}=${encodeURIComponent(String(v))}`)
  return serverOrigin() + filled + (query.length ? `?${query.join('&')}` : '')
}

/** The header of who is logged in. */
export function bearer(): Record<string, string> {
  return session.value ? { Authorization: `Bearer ${session.value.token}` } : {}
}

const KEY_BYTES = 16

/** A new idempotency key: make one per decision of the person, keep it for every try of it. */
export async function commandKey(): Promise<string> {
  return toHex(await randomBytes(KEY_BYTES))
}

function read<T>(text: string): T {
  return text === '' ? (undefined as T) : parsed<T>(text)
}

async function command<P extends PathsOf<M>, M extends 'post' | 'put' | 'delete'>(
  method: M,
  path: P,
  args: Args<Operation<P, M>> | undefined,
  key?: string,
): Promise<Answered<Operation<P, M>>> {
  const header = { ...bearer(), 'Idempotency-Key': key ?? (await commandKey()) }
  return read(
    await send(
      method.toUpperCase(),
      address(path as string, args),
      (args as { body?: unknown } | undefined)?.body,
      header,
    ),
  )
}

onLeftBehind.run = (token) =>
  void commandKey()
    .then((key) =>
      send('DELETE', address('/v1/sessions/current'), undefined, {
        Authorization: `Bearer ${token}`,
        'Idempotency-Key': key,
      }),
    )
    .catch(() => undefined) // it ends by itself as well

export const api = {
  /** Reads. */
  async get<P extends PathsOf<'get'>>(
    path: P,
    ...args: Rest<Args<Operation<P, 'get'>>>
  ): Promise<Answered<Operation<P, 'get'>>> {
    return read(await send('GET', address(path as string, args[0]), undefined, bearer()))
  },

  /**
   * Reads of the person's own papers. Without a network it answers what was seen last, which
   * app-page then marks with its time (lib/seen).
   */
  async seen<P extends PathsOf<'get'>>(
    path: P,
    ...args: Rest<Args<Operation<P, 'get'>>>
  ): Promise<Answered<Operation<P, 'get'>>> {
    const url = address(path as string, args[0])
    const asker = session.value?.account.person
    const page = pageOnTop()
    const isAsker = () => asker !== undefined && session.value?.account.person === asker
    const kept = isAsker() && hasSeen(url)
    try {
      const text = await send('GET', url, undefined, bearer(), kept ? 1 : undefined)
      if (isAsker()) keepSeen(url, text, Date.now(), page)
      return read(text)
    } catch (e) {
      if (!isAsker()) throw e
      if (e instanceof Refused && (e.status === 403 || e.status === 404)) forgetSeen(url, page)
      const text = e instanceof Offline ? lastSeen(url, page) : undefined
      if (text === undefined) throw e
      return read(text)
    }
  },

  /** Reads the text as it came: receipts, the members' list. */
  text<P extends PathsOf<'get'>>(path: P, ...args: Rest<Args<Operation<P, 'get'>>>): Promise<string> {
    return send('GET', address(path as string, args[0]), undefined, bearer())
  },

  /**
   * Reads as the operator of a regulator's node, whose token is the node's own and no account's: a
   * refusal ends nobody's session.
   */
  operator: (token: string) => {
    const header = { Authorization: `Bearer ${token}` }
    return {
      async get<P extends PathsOf<'get'>>(
        path: P,
        ...args: Rest<Args<Operation<P, 'get'>>>
      ): Promise<Answered<Operation<P, 'get'>>> {
        return read(await send('GET', address(path as string, args[0]), undefined, header))
      },
      text<P extends PathsOf<'get'>>(path: P, ...args: Rest<Args<Operation<P, 'get'>>>): Promise<string> {
        return send('GET', address(path as string, args[0]), undefined, header)
      },
    }
  },

  /**
   * Commands. key: give one to repeat the same decision after the page was closed; otherwise one is
   * made.
   */
  post: <P extends PathsOf<'post'>>(path: P, args?: Args<Operation<P, 'post'>>, key?: string) =>
    command('post', path, args, key),
  put: <P extends PathsOf<'put'>>(path: P, args?: Args<Operation<P, 'put'>>, key?: string) =>
    command('put', path, args, key),
  delete: <P extends PathsOf<'delete'>>(path: P, args?: Args<Operation<P, 'delete'>>, key?: string) =>
    command('delete', path, args, key),

  /** The demo's sandboxes, which are no part of the API. */
  async outside<T>(method: 'GET' | 'POST', path: '/sandbox/ward' | '/sandbox/login', body?: unknown): Promise<T> {
    return read(await send(method, serverOrigin() + path, body, {}))
  },

  /** Fetches a picture that needs the session; answers an address for <image>. */
  async picture(path: string): Promise<string> {
    const address = await download(serverOrigin() + path, bearer(), TIMEOUT)
    if (address === undefined) throw new Offline()
    return address
  },

  /** Sends a picture from the device; answers the body. */
  async upload(path: string, filePath: string, key: string): Promise<string> {
    const r = await upload(serverOrigin() + path, filePath, { ...bearer(), 'Idempotency-Key': key }, TIMEOUT)
    if (!r) throw new Offline()
    if (r.status < 200 || r.status >= 300) throw refusal(r)
    return r.text
  },
}
