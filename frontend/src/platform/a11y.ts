// Makes uni-h5's elements readable and usable without a pointer. The mini-program's own elements need nothing of it.
import { mend } from '@/lib/a11y'

export function watchAccessibility(): void {
  // #ifdef H5
  mend(document.body)
  new MutationObserver((changes) => changes.forEach((c) => c.addedNodes.forEach((n) => n instanceof HTMLElement && mend(n)))).observe(document.body, { childList: true, subtree: true })
  // Enter and Space press what looks like a button, as they do on a real one.
  document.addEventListener('keydown', (e) => {
    const target = e.target as HTMLElement
    if ((e.key !== 'Enter' && e.key !== ' ') || !target.matches('[role=button],[role=link],[role=tab],[role=radio],[role=switch],uni-button')) return
    e.preventDefault()
    target.click()
  })
  // #endif
}
