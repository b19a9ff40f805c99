// Ways back: from a page that came first, opened by a link, reloaded, or returned to after logging in again; out of what lies over a page; and by the
// browser's own button, which closes what lies over a page before it leaves the page, and leaves the app from a tab at the second press only.
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

/** What closes each thing that lies over a page: our sheets, uni's dialogs and wheels, the picture viewer. */
const closers = ['[role=dialog]', 'uni-modal .uni-modal', 'uni-actionsheet .uni-actionsheet_toggle', '.uni-picker-container .uni-picker-toggle', '.app-viewer']
const buttons = '[data-dismiss],.uni-modal__btn_default,.uni-modal__btn_primary,.uni-actionsheet__action .uni-actionsheet__cell,.uni-picker-action-cancel,[role=button]'

/** What fades out has been answered already. */
const visible = (e: HTMLElement) => e.getClientRects().length > 0 && !e.closest('.uni-fade-leave-active')

/** Closes what lies on top; false when nothing does. What is busy stays, and so does the page. */
export function dismiss(): boolean {
  // #ifdef H5
  const top = closers.flatMap((s) => [...document.querySelectorAll<HTMLElement>(s)]).filter(visible).pop()
  if (top) [...top.querySelectorAll<HTMLElement>(buttons)].find(visible)?.click()
  if (top) return true
  // #endif
  return false
}

// #ifdef H5
/** So long a second press leaves the app, in ms. */
const AGAIN = 2000
/** The browser's entry of a page, as vue-router writes it. Ours stands once more above it, with the same position, so that the first press ends there. */
type Entry = { position?: number; above?: true } | null
const entry = () => history.state as Entry
/** The page that the router shows, whichever entry the browser is at. */
const shown = () => (getApp() as unknown as { $router: { options: { history: { state: Entry } } } }).$router.options.history.state?.position

const isOpen = () => closers.some((s) => [...document.querySelectorAll<HTMLElement>(s)].some(visible))
const isTab = () => [...document.querySelectorAll<HTMLElement>('.page-tabbed')].some((e) => e.getClientRects().length > 0)

/** An entry that is ours stays when the sheet is closed: taking it away would race with the page that the sheet leads to. */
function stand(): void {
  if (entry() && !entry()?.above) history.pushState({ ...entry(), above: true }, '')
}

function watchBrowser(): void {
  let leaving = false
  // Heard before the router hears it, which hears nothing of two entries of one page.
  const heard = (e: PopStateEvent) => {
    const now = e.state as Entry
    if (!now || now.position !== shown()) return
    e.stopImmediatePropagation()
    if (now.above) return
    if (dismiss()) history.forward()
    else if (!isTab()) history.back()
    else {
      uni.showToast({ title: t('common.backAgain'), icon: 'none', duration: AGAIN })
      leaving = true // the browser's next press is its own
      setTimeout(() => {
        leaving = false
        if (now.position === entry()?.position) history.forward()
      }, AGAIN)
    }
  }
  window.addEventListener('popstate', heard, true)

  let waits = false
  const look = () => {
    waits = false
    if (isOpen()) stand()
  }
  const changed = () => {
    if (!waits) requestAnimationFrame(look)
    waits = true
  }
  new MutationObserver(changed).observe(document.body, { childList: true, subtree: true, attributes: true, attributeFilter: ['class', 'style'] })
  // A browser passes over entries that were made without the person's doing.
  const touched = () => {
    if (isTab() && !leaving) stand()
  }
  for (const gesture of ['pointerdown', 'keydown']) window.addEventListener(gesture, touched, true)
}
// #endif

export function watchBack(): void {
  // #ifdef H5
  watchBrowser()
  // #endif
}
