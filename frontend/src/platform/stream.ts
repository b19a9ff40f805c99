// Follows the chain's records as they are committed: server-sent events in a browser; elsewhere,
// and where the stream is refused, the newest blocks are asked for again and again.
import { api, type Schema } from '@/lib/api'
import { serverOrigin } from './server'

export type Committed = Schema<'ChainCommitted'>

export interface Follower {
  record(r: Committed): void
  /** How the connection is now. */
  state(s: 'live' | 'polling' | 'lost'): void
}

const POLL = 3000

function poll(from: number, to: Follower): () => void {
  let next = from
  let timer: ReturnType<typeof setTimeout> | undefined
  let stopped = false
  const ask = async () => {
    try {
      const { records } = await api.get('/v1/chain')
      if (records > next) {
        const blocks = (await api.get('/v1/chain/blocks')).blocks ?? []
        for (const id of blocks.reverse().flatMap((b) => b.records ?? [])) {
          const { record } = await api.get('/v1/chain/records/{id}', { path: { id } })
          if (stopped || !record || record.index < next) continue
          next = record.index + 1
          to.record(record)
        }
      }
      if (!stopped) to.state('polling')
    } catch {
      if (!stopped) to.state('lost')
    }
    if (!stopped) timer = setTimeout(ask, POLL)
  }
  void ask()
  return () => {
    stopped = true
    clearTimeout(timer)
  }
}

/** Calls with each record from an index of the log on, until the answered function is called. */
export function follow(from: number, to: Follower): () => void {
  let stop: (() => void) | undefined
  // #ifdef H5
  let next = from
  const source = new EventSource(`${serverOrigin()}/v1/chain/stream?from=${from}`)
  stop = () => source.close()
  source.onopen = () => to.state('live')
  source.addEventListener('record', (e) => {
    const record = JSON.parse((e as MessageEvent<string>).data) as Committed
    if (record.index < next) return // told twice across a reconnection
    next = record.index + 1
    to.record(record)
  })
  source.onerror = () => {
    to.state('lost')
    // The browser comes back by itself unless the server refused.
    if (source.readyState === EventSource.CLOSED) stop = poll(next, to)
  }
  // #endif
  stop ??= poll(from, to)
  return () => stop?.()
}
