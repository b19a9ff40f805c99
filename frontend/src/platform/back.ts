// Ways back. In a browser: its own button closes what lies over a page before it leaves the page, and does not leave the app from a tab at the
// first press. And a way back from a page that came first: opened by a link, reloaded, or returned to after logging in again.
import { t } from '@/lib/i18n'

/** Gives the page on top its back button; WeChat shows a house there by itself. */
export function allowBack(): void {
  // #ifdef H5
  // uni-h5 leaves the button out where reLaunch or redirectTo made the page the first; pressed, it opens the app's first page.
  const meta = (getCurrentPages().slice(-1)[0] as { $page?: { meta?: { isQuit?: boolean } } } | undefined)?.$page?.meta
  if (meta?.isQuit) meta.isQuit = false
  // #endif
}

/** Takes away what stood until the first page did (index.html). */
export function welcome(): void {
  // #ifdef H5
  requestAnimationFrame(() => document.getElementById('first')?.remove())
  // #endif
}

// #ifdef H5
/** What closes each thing that lies over a page: our sheets, uni's dialogs and wheels, the picture viewer. */
const closers = ['[role=dialog]', 'uni-modal .uni-modal', 'uni-actionsheet .uni-actionsheet_toggle', '.uni-picker-container .uni-picker-toggle', '.app-viewer']
const buttons = '[data-dismiss],.uni-modal__btn_default,.uni-modal__btn_primary,.uni-actionsheet__action .uni-actionsheet__cell,.uni-picker-action-cancel,[role=button]'

/** What fades out has been answered already. */
const visible = (e: HTMLElement) => e.getClientRects().length > 0 && !e.closest('.uni-fade-leave-active')

/** Closes what lies on top; false when nothing does. What is busy stays, and so does the page. */
export function dismiss(): boolean {
  const top = closers.flatMap((s) => [...document.querySelectorAll<HTMLElement>(s)]).filter(visible).pop()
  if (!top) return false
  ;[...top.querySelectorAll<HTMLElement>(buttons)].find(visible)?.click()
  return true
}

/** So long a second press leaves the app, in ms. */
const AGAIN = 2000
/** A page's entry in the browser's history; ours stands once more above a tab's, so that the first press ends within the app. */
type Entry = { edge?: boolean; position?: number } | null
const entry = () => history.state as Entry

interface Router {
  beforeEach(guard: () => boolean): void
  afterEach(done: () => void): void
}

function watchBrowser(isTab: () => boolean): void {
  const router = (getApp() as unknown as { $router: Router }).$router
  let popped = false
  let above: { state: Entry; url: string } | undefined
  let leaving: ReturnType<typeof setTimeout> | undefined

  // Heard before the router hears it.
  const heard = (e: PopStateEvent) => {
    const now = e.state as Entry
    const isForward = (now?.position ?? 0) > (above?.state?.position ?? 0)
    if (above && !isForward) {
      e.stopImmediatePropagation() // the page stays as it is, whichever entry is the browser's now
      if (now?.edge) return
      if (dismiss()) return history.forward()
      uni.showToast({ title: t('common.backAgain'), icon: 'none', duration: AGAIN })
      leaving = setTimeout(() => {
        leaving = undefined
        history.forward()
      }, AGAIN)
      return
    }
    popped = true
    setTimeout(() => (popped = false))
  }
  window.addEventListener('popstate', heard, true)
  router.beforeEach(() => !(popped && dismiss()))
  const note = () => {
    above = entry()?.edge ? { state: entry(), url: location.href } : undefined
  }
  router.afterEach(note) // a tab takes the place of another

  // A browser passes over entries that were made without the person's doing.
  const touched = () => {
    if (leaving) {
      clearTimeout(leaving)
      leaving = undefined
      if (above) history.pushState(above.state, '', above.url)
    }
    if (isTab() && !entry()?.edge) history.pushState({ ...entry(), edge: true }, '')
    note()
  }
  for (const gesture of ['pointerdown', 'keydown']) window.addEventListener(gesture, touched, true)
}
// #endif

/** isTabPage: whether the page on top is one that the tabs lead to. */
export function watchBack(isTabPage: () => boolean): void {
  // #ifdef H5
  watchBrowser(isTabPage)
  // #endif
}
