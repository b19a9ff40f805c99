// Reads a QR code or a package's bar code: WeChat's own scanner in the mini-program, the camera or
// a picture in a browser.

/** The code's text; undefined when the person gave up. */
export async function scan(): Promise<string | undefined> {
  let text: string | undefined
  // #ifdef H5
  const { look } = await import('./camera')
  text = await look()
  // #endif
  // #ifdef MP-WEIXIN
  text = await new Promise((resolve) =>
    uni.scanCode({
      scanType: ['qrCode', 'barCode', 'datamatrix'],
      success: (r) => resolve(r.result),
      fail: () => resolve(undefined),
    }),
  )
  // #endif
  return text?.trim()
}
