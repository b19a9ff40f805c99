// A locked desk: the session goes on, and nothing of it can be seen or pressed until its person gives the password again. A reload
// does not open it.
import { ref } from 'vue'
import { session } from '@/lib/session'
import { tabShelf } from '@/platform/storage'

const LOCKED = 'desk-locked'
/** Without a key or a move of the mouse for so long it locks itself, in ms. */
const IDLE = 10 * 60_000

const tab = tabShelf()
export const locked = ref(tab.read(LOCKED) !== '')

export function lock(): void {
  if (!session.value) return
  tab.write(LOCKED, '1')
  locked.value = true
}

export function unlock(): void {
  tab.remove(LOCKED)
  locked.value = false
}

export function lockWhenIdle(): void {
  let timer: ReturnType<typeof setTimeout> | undefined
  const touched = () => {
    clearTimeout(timer)
    timer = setTimeout(lock, IDLE)
  }
  for (const event of ['keydown', 'pointerdown', 'pointermove', 'wheel']) document.addEventListener(event, touched, { passive: true })
  touched()
}
