// The signing code: fetched when first needed in a browser. The mini-program compiler turns
// import() into a mere string, so there it is part of the package.
// #ifdef MP-WEIXIN
import * as packed from '@/lib/signing-code'
// #endif

export async function signingCode(): Promise<typeof import('@/lib/signing-code')> {
  let code: typeof import('@/lib/signing-code') | undefined
  // #ifdef H5
  code = await import('./signing-code')
  // #endif
  // #ifdef MP-WEIXIN
  code = packed
  // #endif
  return code!
}
