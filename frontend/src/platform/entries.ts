// Entries of the browser's history that stand over a page's own: one for each thing that lies over
// the page, so that the browser's back closes that first, and one over a tab, so that a single
// press leaves nobody outside. They have the page's address and number, and the router hears
// nothing of them: who closes a sheet by its own button takes its entry away, and whoever goes
// elsewhere meanwhile waits until it is gone.
import type { Router } from 'vue-router'
import { t } from '@/lib/i18n'
import { dismiss, isVisible, overlays } from './back'

// #ifdef H5
/**
 * What an entry says beside what the router wrote: the name of the page's stand, and how many
 * entries it is above the page's own.
 */
type Entry = { under?: string; over?: number; current?: string } | null

const entry = () => history.state as Entry
const place = (e: Entry) => ({ under: e?.under ?? '', over: e?.over ?? 0 })
const on = (selector: string) => [...document.querySelectorAll<HTMLElement>(selector)].some(isVisible)
const isTab = () => on('.page-tabbed')

/** Where the browser is. */
let at = place(null)
/** On the way from one page to another, and whether the browser's own buttons began it. */
let moving = false
let popped = false
/** Our own step back, until the browser has taken it; nobody else hears of it. */
let step: Promise<void> | undefined
let taken: (() => void) | undefined

const router = () => (getApp() as unknown as { $router: Router }).$router

function stand(over: number): void {
  if (!entry()) return // the router has not begun
  if (!at.under) {
    at = { under: Math.random().toString(36).slice(2), over: 0 }
    history.replaceState({ ...entry(), ...at }, '')
  }
  while (at.over < over) {
    at.over++
    history.pushState({ ...entry(), ...at }, '')
  }
}

/**
 * The longest that a step is waited for, in ms: one that the browser never takes must not hold the
 * way to other pages.
 */
const LONGEST = 2000

/**
 * Takes away the entries above so many. Where there is nothing beneath, as in a tab that was
 * copied, the one it is in is the page's own.
 */
async function clear(over: number): Promise<void> {
  while (at.over > over)
    await (step ??= new Promise((done) => {
      const late = setTimeout(() => {
        at = place(null)
        history.replaceState({ ...entry(), ...at }, '')
        taken?.()
      }, LONGEST)
      taken = () => {
        clearTimeout(late)
        step = taken = undefined
        done()
      }
      history.go(over - at.over)
    }))
}

/** What stays when one goes elsewhere. */
const kept = () => (isTab() ? Math.min(at.over, 1) : 0)

function heard(e: PopStateEvent): void {
  const from = at
  at = place(e.state as Entry)
  if (!from.under || at.under !== from.under) {
    popped = true // another page: the router's
    return taken?.()
  }
  e.stopImmediatePropagation()
  // One tab took the place of another in the upper entry only.
  const shown = router().options.history
  if ((e.state as Entry)?.current !== shown.state.current)
    history.replaceState({ ...shown.state, ...at }, '', `#${shown.location}`)
  if (taken) return taken()
  for (let left = at.over; left < from.over; left++)
    if (!dismiss() && isTab()) uni.showToast({ title: t('common.backAgain'), icon: 'none' })
  soon()
}

/**
 * As many entries as things lie over the page. The one over a tab is made when something is
 * touched: browsers pass over what was made without.
 */
function keep(): void {
  if (step || moving || !on('.app')) return
  const open = overlays().length
  const want = open + (isTab() && (open || at.over) ? 1 : 0)
  if (want > at.over) stand(want)
  else if (want < at.over) void clear(want).then(soon)
}

let waits = false
function soon(): void {
  if (waits) return
  waits = true
  requestAnimationFrame(() => {
    waits = false
    keep()
  })
}

const touched = () => void (!step && !moving && !at.over && isTab() && stand(1))

function arrived(): void {
  at = place(entry())
  moving = popped = false
  soon()
}
// #endif

/** Before there is a router: who listens first can keep it from the others. */
export function hearBack(): void {
  // #ifdef H5
  window.addEventListener('popstate', heard, true)
  // #endif
}

/** When there is one. */
export function keepEntries(): void {
  // #ifdef H5
  const r = router()
  r.beforeEach(async () => {
    moving = true
    if (!popped) await clear(kept())
  })
  r.afterEach(arrived)
  r.onError(arrived)
  const browser = r.options.history
  const go = browser.go
  browser.go = (delta, heeded) => {
    if (at.over > kept()) void clear(kept()).then(() => go(delta, heeded))
    else go(delta, heeded)
  }
  at = place(entry())
  new MutationObserver(soon).observe(document.body, {
    childList: true,
    subtree: true,
    attributes: true,
    attributeFilter: ['class', 'style'],
  })
  for (const gesture of ['pointerdown', 'keydown']) window.addEventListener(gesture, touched, true)
  // #endif
}
