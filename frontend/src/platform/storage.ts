// What outlives the page: settings, the sealed key, unsent messages. Strings only, so that both
// platforms keep the same bytes (uni-h5 wraps objects in an envelope of its own).

export function read(key: string): string {
  const value: unknown = uni.getStorageSync(key)
  return typeof value === 'string' ? value : ''
}

/**
 * Throws when the device's storage is full: a caller that must not lose anything has to say so to
 * the person.
 */
export function write(key: string, value: string): void {
  uni.setStorageSync(key, value)
}

/** Every key that begins so. */
export function keys(prefix: string): string[] {
  return uni.getStorageInfoSync().keys.filter((key) => key.startsWith(prefix))
}

export function remove(key: string): void {
  uni.removeStorageSync(key)
}

/** Where strings are kept by name. */
export interface Shelf {
  read(key: string): string
  write(key: string, value: string): void
  keys(prefix: string): string[]
  remove(key: string): void
}

/** What every tab of the browser shares. */
export const device: Shelf = { read, write, keys, remove }

/**
 * What one tab of the browser has for itself until it is closed. The mini-program is one tab: there
 * it is the device's.
 */
export function tabShelf(): Shelf {
  let shelf = device
  // #ifdef H5
  shelf = {
    read: (key) => sessionStorage.getItem(key) ?? '',
    write: (key, value) => sessionStorage.setItem(key, value),
    keys: (prefix) => Object.keys(sessionStorage).filter((key) => key.startsWith(prefix)),
    remove: (key) => sessionStorage.removeItem(key),
  }
  // #endif
  return shelf
}

/** In a tab's shelf while the desk there is locked (frontend/desk/lock.ts). */
export const LOCKED = 'desk-locked'

/**
 * Whether the session of this tab is behind the desk's lock: these pages then know nothing of it,
 * or its address would open the lock.
 */
export function isShut(): boolean {
  let shut = false
  // #ifdef H5
  shut = tabShelf().read(LOCKED) !== ''
  // #endif
  return shut
}
