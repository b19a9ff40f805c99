// One capture field for the page: a hand scanner types faster than anybody, wherever the focus is,
// and ends with Enter, Tab or nothing. What it typed is taken as one text, and leaves no trace: not
// in the field that had the focus, not as a pressed key, not as a line break.
import { onScopeDispose } from 'vue'
import { pressKey, typing } from '../commands'

/** Longest pause between two characters of a scanner, in ms. A quick typist needs 80. */
const PAUSE = 50
/** Shorter than any code, longer than what two hands press at once. */
const SHORTEST = 6
/**
 * The same once so many characters came that it can be no hand: a busy machine may stop in the
 * middle of a code.
 */
const STALL = 200
/** What still belongs to a scan's end: CR LF come as two keys. */
const TAIL = 120
/** GS1's separator: scanners press Ctrl ] for it. */
const SEPARATOR = '\x1d'

type Field = HTMLInputElement | HTMLTextAreaElement

/**
 * dialogs: scans are taken in an open dialog as well. begins: only what begins so is a scan, on
 * pages where people write; whatever else comes as quickly, of a text expander for one, stays where
 * it was typed.
 */
export function useCapture(take: (text: string) => void, { dialogs = false, begins = '' } = {}): void {
  let text = ''
  let last = 0
  let field: Field | undefined
  let before = ''
  let over = 0
  let timer: ReturnType<typeof setTimeout> | undefined

  const inDialog = () => !!document.querySelector('dialog[open]')
  const pause = () => (text.length >= SHORTEST ? STALL : PAUSE)

  const clear = () => {
    clearTimeout(timer)
    text = ''
    field = undefined
  }

  function deliver() {
    const whole = text
    if (field) {
      field.value = before
      field.dispatchEvent(new Event('input', { bubbles: true }))
    }
    clear()
    over = last
    take(whole)
  }

  /** The pause came: a scanner without a suffix, or somebody who pressed a key. */
  function rest() {
    if (text.length >= SHORTEST) return deliver()
    const pressed = field ? '' : text
    clear()
    if (!inDialog()) for (const key of pressed) pressKey(key)
  }

  const fits = (typed: string) => begins.startsWith(typed.toUpperCase()) || typed.toUpperCase().startsWith(begins)

  function heard(e: KeyboardEvent) {
    if (e.isComposing || (!dialogs && inDialog())) return
    const now = e.timeStamp // when it was pressed, however late a busy page hears of it
    const ends = e.key === 'Enter' || e.key === 'Tab' || (e.ctrlKey && /^[jm]$/i.test(e.key))
    const stop = () => {
      e.preventDefault()
      e.stopImmediatePropagation()
    }
    if (ends) {
      if (text.length >= SHORTEST && now - last < STALL) {
        stop()
        deliver()
      } else if (now - over < TAIL) stop()
      else if (text) rest()
      return
    }
    const character =
      e.ctrlKey && e.key === ']' && text
        ? SEPARATOR
        : e.key.length === 1 && !e.ctrlKey && !e.altKey && !e.metaKey
          ? e.key
          : ''
    if (!character || (character === ' ' && !text)) return // no code begins with a blank, and it presses a button
    if (now - last > pause()) clear()
    if (!fits(text + character)) {
      const pressed = field ? '' : text
      clear()
      if (!inDialog()) for (const key of pressed) pressKey(key)
      if (!fits(character)) return
    }
    last = now
    if (!text) {
      field = typing(e.target) ? (e.target as Field) : undefined
      before = field?.value ?? ''
    }
    text += character
    if (!field || character === SEPARATOR) stop()
    clearTimeout(timer)
    timer = setTimeout(rest, pause() + 10)
  }

  document.addEventListener('keydown', heard, true)
  onScopeDispose(() => {
    clear()
    document.removeEventListener('keydown', heard, true)
  })
}
