// A locked desk: the session goes on, and nothing of it can be seen or pressed until its person
// gives the password again. A reload does not open it, another tab does not begin with it, and the
// phone's pages in this tab know nothing of it (lib/session).
import { ref } from 'vue'
import { keepHere, session } from '@/lib/session'
import { LOCKED, tabShelf } from '@/platform/storage'

/** Without a key or a move of the mouse for so long it locks itself, in ms. */
const IDLE = 10 * 60_000

const tab = tabShelf()
export const locked = ref(tab.read(LOCKED) !== '')

export function lock(): void {
  if (!session.value) return
  keepHere()
  tab.write(LOCKED, '1')
  locked.value = true
}

export function unlock(): void {
  tab.remove(LOCKED)
  locked.value = false
}

export function lockWhenIdle(): void {
  let timer: ReturnType<typeof setTimeout> | undefined
  let last = Date.now()
  const touched = () => {
    clearTimeout(timer)
    // A machine that slept, or a tab that was put aside, counted no time: the first touch finds it
    // locked.
    if (Date.now() - last >= IDLE) lock()
    last = Date.now()
    timer = setTimeout(lock, IDLE)
  }
  for (const event of ['keydown', 'pointerdown', 'pointermove', 'wheel'])
    document.addEventListener(event, touched, { passive: true })
  touched()
}
