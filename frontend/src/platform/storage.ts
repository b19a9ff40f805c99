// What outlives the page: settings, the sealed key, unsent messages. Strings only, so that both platforms keep the
// same bytes (uni-h5 wraps objects in an envelope of its own).

export function read(key: string): string {
  const value: unknown = uni.getStorageSync(key)
  return typeof value === 'string' ? value : ''
}

/** Throws when the device's storage is full: a caller that must not lose anything has to say so to the person. */
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
