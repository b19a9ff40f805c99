// What outlives the page, under the same names and as the same text as the mini-app keeps it: who
// is logged in there is logged in here, and a key made on one is the key of the other.

export interface Shelf {
  read(key: string): string
  write(key: string, value: string): void
  keys(prefix: string): string[]
  remove(key: string): void
}

const shelf = (store: Storage): Shelf => ({
  read: (key) => store.getItem(key) ?? '',
  write: (key, value) => store.setItem(key, value),
  keys: (prefix) => Object.keys(store).filter((key) => key.startsWith(prefix)),
  remove: (key) => store.removeItem(key),
})

/** What every tab of the browser shares. Writing throws when the storage is full. */
export const device = shelf(localStorage)
export const { read, write, keys, remove } = device

/** What one tab has for itself until it is closed. */
export const tabShelf = (): Shelf => shelf(sessionStorage)

/** In a tab's shelf while the desk there is locked (lock.ts). */
export const LOCKED = 'desk-locked'

/**
 * The desk knows the session it is locked over: its lock screen asks for that person's password.
 */
export const isShut = (): boolean => false
