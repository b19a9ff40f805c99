// What can be done now: commands of the shell and of the page on the screen, found in the palette
// (Ctrl+K), pressed by their keys, and listed by "?". A command is there as long as whoever offered
// it.
import { computed, onScopeDispose, shallowReactive, toValue, type MaybeRefOrGetter } from 'vue'

export interface Command {
  id: string
  title: string
  /** 'Ctrl+K', 'Alt+1', 'j'; a letter without Ctrl or Alt is not heard while something is typed. */
  keys?: string
  /** Heading in the list of keys; the page's own when left out. */
  group?: 'shell'
  /** Not offered in the palette, as it only means something where the focus is. */
  hidden?: boolean
  run: () => unknown
}

const offers = shallowReactive(new Set<MaybeRefOrGetter<Command[]>>())

/** The newest offer first: a dialog's keys go before those of the page below. */
export const commands = computed(() => [...offers].reverse().flatMap((o) => toValue(o)))

/** Offers commands until the component is gone. */
export function useCommands(offer: MaybeRefOrGetter<Command[]>): void {
  offers.add(offer)
  onScopeDispose(() => void offers.delete(offer))
}

/** The keys of an event, written as a command names them. */
export function keysOf(e: KeyboardEvent): string {
  const letter = e.key.length === 1
  // Shift is part of the character itself: '?' and not 'Shift+?'.
  const mods = [
    e.ctrlKey || e.metaKey ? 'Ctrl' : '',
    e.altKey ? 'Alt' : '',
    e.shiftKey && !letter ? 'Shift' : '',
  ].filter(Boolean)
  // With Alt a Mac types another letter: the key itself is meant.
  const key = e.altKey && /^(Key|Digit)/.test(e.code) ? e.code.replace(/^(Key|Digit)/, '') : e.key
  const named = letter || e.altKey ? (mods.length ? key.toUpperCase() : key.toLowerCase()) : key
  return [...mods, named].join('+')
}

const arrows: Record<string, string> = { ArrowUp: '↑', ArrowDown: '↓', Escape: 'Esc' }

/** Keys as they are printed on a keyboard. */
export const shownKeys = (keys: string) =>
  arrows[keys] ?? (keys.length === 1 ? keys.toUpperCase() : keys.replace(/\+/g, ' '))

/** Whether letters pressed there are typed. */
export const typing = (target: EventTarget | null) =>
  target instanceof HTMLElement &&
  (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName)) &&
  !(target instanceof HTMLInputElement && /^(checkbox|radio|button)$/.test(target.type))

/**
 * What Enter presses by itself, where the keyboard led there. A click leaves the focus behind as
 * well, and means nothing by it.
 */
const CONTROLS =
  'button:not([role=checkbox], [role=radio], [role=switch]), a[href], summary, [role=button], [role=tab], [role=option]'
let clicked: EventTarget | null = null
const pressesItself = (at: EventTarget | null) =>
  at instanceof Element && at.matches(CONTROLS) && !(clicked instanceof Node && at.contains(clicked))

function pressed(e: KeyboardEvent): void {
  if (e.defaultPrevented || e.isComposing || e.repeat) return
  const keys = keysOf(e)
  if (keys === 'Tab' || keys === 'Shift+Tab') clicked = null
  if (keys === 'Enter' && pressesItself(e.target)) return
  if (typing(e.target) && !/^(Ctrl|Alt)\+|^F\d/.test(keys)) return
  // An open dialog is the page: what lies under it is not pressed.
  const modal = document.querySelector('dialog[open]')
  const found = commands.value.find((c) => c.keys === keys)
  if (!found || (modal && !modal.contains(e.target as Node) && modal !== e.target)) return
  if (modal && !found.id.startsWith('dialog.')) return
  e.preventDefault()
  found.run()
}

/** Runs the command of a key that was held back (kit/capture). */
export const pressKey = (keys: string) => void commands.value.find((c) => c.keys === keys)?.run()

export function listenForKeys(): void {
  document.addEventListener('keydown', pressed)
  document.addEventListener('pointerdown', (e) => (clicked = e.target), true)
}
