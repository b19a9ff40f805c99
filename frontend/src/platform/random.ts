// Random bytes from the platform's secure source, and from nothing else: there is no fallback to
// Math.random.

/** Longest request: crypto.getRandomValues takes no more at once. */
const MAX_RANDOM = 65536

/** length random bytes. Throws when the platform has no secure source. */
export async function randomBytes(length: number): Promise<Uint8Array<ArrayBuffer>> {
  if (length < 1 || length > MAX_RANDOM) throw new RangeError(`random: 1 to ${MAX_RANDOM} bytes`)
  let bytes: Uint8Array<ArrayBuffer> | undefined
  // #ifdef H5
  bytes = globalThis.crypto.getRandomValues(new Uint8Array(length))
  // #endif
  // #ifdef MP-WEIXIN
  bytes = await new Promise<Uint8Array<ArrayBuffer>>((resolve, reject) => {
    // @ts-ignore wx is the mini-program's global; base library 2.15.0 and later
    wx.getRandomValues({
      length,
      success: (r: { randomValues: ArrayBuffer }) => resolve(new Uint8Array(r.randomValues)),
      fail: reject,
    })
  })
  // #endif
  if (bytes?.length !== length) throw new Error('random: the platform gave no random bytes')
  return bytes
}
