// What the person is told as it happens. Pages follow topics and look anew; tabs and the title
// count what is unread. The place in the stream is kept over a lost connection, so what happened
// meanwhile comes with the next one.
import { computed, effectScope, shallowRef, watch } from 'vue'
import { chime, listen, showCount, watchApp, type EventPage } from '@/platform/events'
import { Refused, api, type Schema } from './api'
import { barred, session } from './session'
import { settings } from './settings'

export type Notice = Schema<'Notice'>
export type Topic = 'visit' | 'rx' | 'pay' | 'key' | 'family' | 'relative' | 'sign' | 'template' | 'account' | 'office'

export const everyTopic: readonly Topic[] = [
  'visit', 'rx', 'pay', 'key', 'family', 'relative', 'sign', 'template', 'account', 'office',
]

const FIRST_PAUSE = 500
const MAX_PAUSE = 15_000
/** How often a hidden page of staff looks: it holds no connection, but it still rings. */
const HIDDEN = 30_000

/** Unread notices by topic. */
export const unread = shallowRef<Partial<Record<Topic, number>>>({})
export const unreadOf = (topics: readonly Topic[] = []) => topics.reduce((n, x) => n + (unread.value[x] ?? 0), 0)
export const unreadAll = computed(() => Object.values(unread.value).reduce((n, x) => n + x, 0))

/** What is followed: all of a topic, or one kind of it. */
export type Followed = Topic | `${Topic}.${string}`

interface Follower {
  topics: readonly Followed[]
  look: () => void
}
const followers = new Set<Follower>()

/**
 * Calls look whenever something of these topics or kinds has happened, until the answered function
 * is called.
 */
export function follow(topics: readonly Followed[], look: () => void): () => void {
  const f = { topics, look }
  followers.add(f)
  return () => void followers.delete(f)
}

/** The person looks at it now: what was told of it is read. */
export function seen(subject: string): void {
  // Before the first answer nobody knows whether there is something.
  if (subject && (since < 0 || unreadAll.value))
    void api.put('/v1/notices/read', { body: { subject } }).catch(() => undefined)
}

let token = ''
let since = -1
let pause = FIRST_PAUSE
let stop: (() => void) | undefined
let timer: ReturnType<typeof setTimeout> | undefined
let away: ReturnType<typeof setTimeout> | undefined
let watching = false
let hidden = false

function take(p: EventPage): void {
  since = p.last
  pause = FIRST_PAUSE
  unread.value = p.unread
  const news = (p.notices ?? []) as Notice[]
  const topics = new Set<string>(news.flatMap((n) => [n.kind, n.kind.split('.')[0]!]))
  for (const f of [...followers]) if (p.reset || f.topics.some((x) => topics.has(x))) f.look()
  if (settings.sound && session.value?.account.role !== 'patient' && news.some((n) => !n.quiet && !n.read)) chime()
}

function lost(status: number): void {
  stop = undefined
  if (status === 404) return // a regulator's node has none
  // Whether the session ended, lib/api finds out and says. When it did not, as when it has other
  // rights now, one listens on.
  if (status === 401) {
    const mine = token
    return void api.get('/v1/me').then(
      () => token === mine && again(),
      (e: unknown) =>
        token === mine && session.value?.token === mine && !(e instanceof Refused && e.status === 401) && again(),
    )
  }
  for (const f of [...followers]) f.look() // as long as nothing is heard
  again(status === 429 ? MAX_PAUSE : pause)
}

function again(after = pause): void {
  clearTimeout(timer)
  timer = setTimeout(connect, after * (0.5 + Math.random() / 2)) // jitter, no secret
  pause = Math.min(pause * 2, MAX_PAUSE)
}

function disconnect(): void {
  clearTimeout(timer)
  clearTimeout(away)
  stop?.()
  timer = away = stop = undefined
}

/** Listens as the session that is there now; does nothing when it does so already. */
export function connect(): void {
  const mine = barred() ? '' : (session.value?.token ?? '')
  if (mine === token && (stop || away)) return
  disconnect()
  if (mine !== token) {
    token = mine
    since = -1
    pause = FIRST_PAUSE
    unread.value = {}
  }
  if (!token) return
  if (!watching) {
    watching = true
    hidden = watchApp(() => turn(false), () => turn(true))
    // Of no page: the first one that connects ends, and these do not.
    effectScope(true).run(() => {
      watch(session, connect)
      watch(unreadAll, showCount)
    })
  }
  if (!hidden) stop = listen(token, since, take, lost)
  else if (session.value?.account.role !== 'patient') rest()
}

/**
 * One look after the other; an answer that comes when the page is shown again, or to another
 * session, is not used.
 */
function rest(): void {
  const mine = (away = setTimeout(() => {
    const used = () => away === mine
    void api
      .get('/v1/events', { query: since < 0 ? {} : { since } })
      .then((p) => used() && take(p), () => undefined)
      .finally(() => used() && rest())
  }, HIDDEN))
}

function turn(away: boolean): void {
  hidden = away
  disconnect()
  connect()
}
