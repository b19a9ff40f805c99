// A screen as bright as it gets while a code is shown. A browser cannot turn it up: there the code
// stands on white, over the whole screen.

let before = -1

export function brighten(): void {
  // #ifdef MP-WEIXIN
  uni.getScreenBrightness({
    success: ({ value }) => {
      if (before < 0) before = value
      uni.setScreenBrightness({ value: 1, fail: () => undefined })
    },
    fail: () => undefined,
  })
  // #endif
}

/** As it was. */
export function restoreBrightness(): void {
  // #ifdef MP-WEIXIN
  if (before >= 0) uni.setScreenBrightness({ value: before, fail: () => undefined })
  // #endif
  before = -1
}
