// Makes uni-h5's elements readable and usable without a pointer. The mini-program's own elements
// need nothing of it.
import { dismiss } from './back'
import { mend, pressable } from './mend'

// #ifdef H5
let opener: HTMLElement | undefined

const sheet = () =>
  [...document.querySelectorAll<HTMLElement>('[role=dialog]')]
    .filter((e) => e.offsetParent !== null || e.getClientRects().length > 0)
    .pop()

/** A sheet takes the focus with it, and gives it back. */
function heed(changes: MutationRecord[]): void {
  for (const c of changes) {
    for (const n of c.addedNodes) {
      if (!(n instanceof HTMLElement)) continue
      mend(n)
      if (!n.matches('[role=dialog]')) continue
      opener = document.activeElement as HTMLElement
      n.querySelector<HTMLElement>('[tabindex]')?.focus({ preventScroll: true })
    }
    if ([...c.removedNodes].some((n) => n instanceof HTMLElement && n.matches('[role=dialog]')))
      opener?.focus({ preventScroll: true })
  }
}

function pressed(e: KeyboardEvent): void {
  const target = e.target as HTMLElement
  const open = sheet()
  if (e.key === 'Escape') dismiss()
  // Enter and Space press what looks like a button, as they do on a real one.
  else if ((e.key === 'Enter' || e.key === ' ') && target.matches(pressable)) {
    e.preventDefault()
    target.click()
  } else if (/^(\d|Backspace)$/.test(e.key))
    open?.querySelector<HTMLElement>(`[data-key="${e.key === 'Backspace' ? 'delete' : e.key}"]`)?.click()
}
// #endif

export function watchAccessibility(): void {
  // #ifdef H5
  mend(document.body)
  new MutationObserver(heed).observe(document.body, { childList: true, subtree: true })
  document.addEventListener('keydown', pressed)
  // What lies under a sheet cannot be reached while it is open.
  document.addEventListener('focusin', (e) => {
    const open = sheet()
    if (open && !open.contains(e.target as Node)) open.querySelector<HTMLElement>('[tabindex]')?.focus()
  })
  // #endif
}
