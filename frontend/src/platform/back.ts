// A way back from a page that came first: opened by a link, reloaded, or returned to after logging
// in again; and out of what lies over a page.

/** Gives the page on top its back button; WeChat shows a house there by itself. */
export function allowBack(): void {
  // #ifdef H5
  // uni-h5 leaves the button out where reLaunch or redirectTo made the page the first; pressed, it
  // opens the app's first page.
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

/**
 * What closes each thing that lies over a page: our sheets, uni's dialogs and wheels, the picture
 * viewer, the camera.
 */
const closers = [
  '[role=dialog]',
  'uni-modal .uni-modal',
  'uni-actionsheet .uni-actionsheet_toggle',
  '.uni-picker-container .uni-picker-toggle',
]
const buttons =
  '[data-dismiss],.uni-modal__btn_default,.uni-modal__btn_primary,.uni-actionsheet__action .uni-actionsheet__cell,.uni-picker-action-cancel,[role=button]'

/** What fades out has been answered already. */
export const isVisible = (e: HTMLElement) => e.getClientRects().length > 0 && !e.closest('.uni-fade-leave-active')

/** What lies over the page, the top last. */
export const overlays = () =>
  [...new Set(closers.flatMap((s) => [...document.querySelectorAll<HTMLElement>(s)]))].filter(isVisible)

/** Closes what lies on top; false when nothing does. What is busy stays, and so does the page. */
export function dismiss(): boolean {
  // #ifdef H5
  const top = overlays().pop()
  if (top) [...top.querySelectorAll<HTMLElement>(buttons)].find(isVisible)?.click()
  if (top) return true
  // #endif
  return false
}
