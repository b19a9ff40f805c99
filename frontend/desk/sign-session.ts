// 免密签名: the PIN given once opens the key for a while. The key is in this page's memory alone, and
// every document is still shown and confirmed. It ends by time or number, when the desk is locked
// or left, also for another page in its tab, when its person logs out, and when the key is
// replaced.
import { computed, reactive, shallowRef, watch } from 'vue'
import { api, type Schema } from '@/lib/api'
import { storedKey } from '@/lib/keyslot'
import { session } from '@/lib/session'
import type { KeyPair } from '@/lib/sm'
import { locked } from './lock'

/** Without the window in front for so long it ends, in ms. */
export const AWAY = 5 * 60_000
/** Whatever the server allows. */
const MOST_MINUTES = 30
const MOST_ACTS = 50
const SECOND = 1000

export const rules = shallowRef<Schema<'Rules'>>()

/** Whether the PIN may be given once: the installation's setting. */
export const mayKeep = computed(() => !!rules.value?.sessionMinutes)

export async function readRules(): Promise<void> {
  const got = await api.get('/v1/signing')
  rules.value = {
    sessionMinutes: Math.min(got.sessionMinutes, MOST_MINUTES),
    sessionActs: Math.min(got.sessionActs, MOST_ACTS),
  }
}

/** What is shown of it; until is 0 when there is none. */
export const signing = reactive({ until: 0, left: 0, now: 0 })

let key: KeyPair | undefined
let whose = ''
let tick: ReturnType<typeof setInterval> | undefined
let away: ReturnType<typeof setTimeout> | undefined
let since = 0

export function endSigning(): void {
  key = undefined
  whose = ''
  clearInterval(tick)
  clearTimeout(away)
  since = 0
  signing.until = signing.left = 0
}

export function beginSigning(person: string, opened: KeyPair): void {
  endSigning()
  if (!mayKeep.value || locked.value) return
  key = opened
  whose = person
  signing.now = Date.now()
  signing.until = signing.now + rules.value!.sessionMinutes * 60_000
  signing.left = rules.value!.sessionActs
  tick = setInterval(() => {
    signing.now = Date.now()
    if (signing.now >= signing.until) endSigning()
  }, SECOND)
}

/** The open key of a person; undefined when the PIN has to be asked for. */
export function openKey(person: string): KeyPair | undefined {
  if (
    key &&
    (whose !== person ||
      Date.now() >= signing.until ||
      signing.left <= 0 ||
      storedKey(person)?.publicKey !== key.publicKey)
  )
    endSigning()
  return key
}

/** One of its acts is signed. */
export function spent(): void {
  if (key && --signing.left <= 0) endSigning()
}

export function watchSigning(): void {
  watch(locked, (is) => is && endSigning(), { flush: 'sync' })
  watch(() => session.value?.account.person, (person) => person !== whose && endSigning(), { flush: 'sync' })
  const left = () => {
    if (!key || since) return
    since = Date.now()
    away = setTimeout(endSigning, AWAY)
  }
  const back = () => {
    // A machine that slept counted no time.
    if (since && Date.now() - since >= AWAY) endSigning()
    clearTimeout(away)
    since = 0
  }
  addEventListener('blur', left)
  addEventListener('focus', back)
  document.addEventListener('visibilitychange', () => (document.hidden ? left() : back()))
  addEventListener('pagehide', endSigning) // the browser may keep the page, and its memory, for the way back
}
