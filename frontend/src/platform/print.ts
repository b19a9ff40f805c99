// Paper. The mini-program has no printer to ask.

/** Whether the page can be printed here. */
export function canPrint(): boolean {
  let can = false
  // #ifdef H5
  can = typeof window.print === 'function'
  // #endif
  return can
}

/** As styles/browser.css lays it out: an opened document alone, on A5. */
export function print(): void {
  // #ifdef H5
  window.print()
  // #endif
}
