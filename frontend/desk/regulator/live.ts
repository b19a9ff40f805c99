// A page that looks anew as records come in, until it is left.
import { onBeforeUnmount } from 'vue'
import { api } from '@/lib/api'
import { follow, type Follower } from '@/platform/stream'

/**
 * So long after the last record of a burst, in ms: the node's rules and cells follow a second
 * behind.
 */
const SOON = 2500
/** A burst that does not end is looked at so often, in ms. */
const OFTEN = 15_000

export function useLive(look: () => unknown, state: Follower['state'] = () => undefined): void {
  let soon: ReturnType<typeof setTimeout> | undefined
  let stop: (() => void) | undefined
  let left = false
  /** When the burst began; 0: there is none. */
  let since = 0
  const now = () => {
    since = 0
    void look()
  }
  const record = () => {
    since ||= Date.now()
    if (Date.now() - since >= OFTEN) now()
    clearTimeout(soon)
    soon = setTimeout(now, SOON)
  }
  void api.get('/v1/chain').then((s) => s.records, () => 0).then((from) => {
    if (!left) stop = follow(from, { record, state })
  })
  onBeforeUnmount(() => {
    left = true
    clearTimeout(soon)
    stop?.()
  })
}
