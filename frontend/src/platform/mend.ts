// What uni-h5's elements lack for screen readers and keyboards, put right in the document (measured
// with axe).

import { t } from '@/lib/i18n'

/** What Enter and Space press. */
export const pressable = 'uni-button,[role=button],[role=link],[role=tab],[role=radio],[role=switch],[role=checkbox]'

/** Mends an element and everything below it. */
export function mend(root: HTMLElement): void {
  each(root, 'uni-button', (e) => e.setAttribute('role', 'button'))
  each(
    root,
    pressable,
    (e) =>
      e.hasAttribute('tabindex') || e.setAttribute('tabindex', e.getAttribute('aria-disabled') === 'true' ? '-1' : '0'),
  )
  // A label on uni-input stays outside: the inner field is what a reader finds.
  each(root, 'uni-input,uni-textarea', (e) => {
    const label = e.getAttribute('aria-label')
    const field = e.querySelector('input,textarea')
    if (!label || !field) return
    field.setAttribute('aria-label', label)
    e.removeAttribute('aria-label')
  })
  each(root, 'uni-input[data-autocomplete]', (e) => {
    const field = e.querySelector('input')
    field?.setAttribute('autocomplete', e.dataset.autocomplete!)
    field?.setAttribute('name', e.dataset.autocomplete!)
    if (e.dataset.form) field?.setAttribute('form', e.dataset.form)
  })
  // uni-image adds its img when the picture is there.
  each(root, 'img', (e) =>
    e.setAttribute('alt', e.closest('uni-image')?.getAttribute('alt') ?? e.getAttribute('alt') ?? ''),
  )
  each(root, 'uni-image', (e) => {
    const alt = e.getAttribute('alt') ?? ''
    if (alt) {
      e.setAttribute('role', 'img')
      e.setAttribute('aria-label', alt)
    }
  })
  each(root, 'uni-page-body', (e) => e.setAttribute('role', 'main'))
  each(root, '.uni-page-head__title', (e) => {
    e.setAttribute('role', 'heading')
    e.setAttribute('aria-level', '1')
  })
  each(root, '.uni-page-head-btn', (e) => {
    e.setAttribute('role', 'button')
    e.setAttribute('aria-label', t('common.back'))
    e.setAttribute('tabindex', '0')
  })
}

function each(root: HTMLElement, selector: string, fix: (e: HTMLElement) => void): void {
  if (root.matches(selector)) fix(root)
  root.querySelectorAll<HTMLElement>(selector).forEach(fix)
}
