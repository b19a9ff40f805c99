// The shell on the device, for a start without a network (worker/service-worker.ts), and a new
// build.
//
// A tab that stayed open while the hospital was upgraded asks for pages of a build that is gone: it
// takes the new build by loading itself again. What was typed and the session outlive that. The
// mini-program's package comes whole.

/** Where the running build begins, as its page names it. */
const entry = (page: Document) => page.querySelector('script[type=module][src]')?.getAttribute('src') ?? ''

/**
 * Tells whether the server's page names another build; a network that is away, or a server that
 * answers no page, is none.
 */
export async function isReplaced(here: Document): Promise<boolean> {
  try {
    const r = await fetch(here.location.pathname, { cache: 'no-store' })
    const served = r.ok ? entry(new DOMParser().parseFromString(await r.text(), 'text/html')) : ''
    return served !== '' && served !== entry(here)
  } catch {
    return false
  }
}

export function watchBuild(): void {
  // #ifdef H5
  window.addEventListener('vite:preloadError', () => void isReplaced(document).then((yes) => yes && location.reload()))
  // #endif
}

/** Loads the app anew, the page that is shown with it. */
export function startAgain(): void {
  // #ifdef H5
  location.reload()
  // #endif
}

/**
 * Behind the first page, which it must not delay. Where the page is not safe (plain http) browsers
 * have no such thing.
 */
export function keepShell(): void {
  // #ifdef H5
  if (!import.meta.env.PROD || !('serviceWorker' in navigator)) return
  const keep = () =>
    void navigator.serviceWorker.register('./service-worker.js', { updateViaCache: 'none' }).catch(() => undefined)
  if (document.readyState === 'complete') setTimeout(keep, 2000)
  else window.addEventListener('load', () => setTimeout(keep, 2000))
  // #endif
}
