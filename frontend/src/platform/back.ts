// A way back from a page that came first: opened by a link, reloaded, or returned to after logging in again.

/** Gives the page on top its back button; WeChat shows a house there by itself. */
export function allowBack(): void {
  // #ifdef H5
  // uni-h5 leaves the button out where reLaunch or redirectTo made the page the first; pressed, it opens the app's first page.
  const meta = (getCurrentPages().slice(-1)[0] as { $page?: { meta?: { isQuit?: boolean } } } | undefined)?.$page?.meta
  if (meta?.isQuit) meta.isQuit = false
  // #endif
}
