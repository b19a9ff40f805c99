// Dials a number with the device's own telephone, which asks before it calls.

export function call(number: string): void {
  // #ifdef H5
  location.href = `tel:${number.replace(/[^\d+]/g, '')}`
  // #endif
  // #ifdef MP-WEIXIN
  uni.makePhoneCall({ phoneNumber: number, fail: () => undefined })
  // #endif
}
