// A WeChat code for POST /v1/sessions/wechat: from wx.login in the mini-program, from the demo's sandbox in a browser.
import { api } from '@/lib/api'

/** Whether a person has to be chosen first, because this platform has no WeChat of its own. */
export function needsSandboxUser(): boolean {
  let needed = false
  // #ifdef H5
  needed = true
  // #endif
  return needed
}

export async function wechatCode(sandboxUser: string): Promise<string> {
  let code = ''
  // #ifdef H5
  code = (await api.outside<{ code: string }>('POST', '/sandbox/login', { user: sandboxUser })).code
  // #endif
  // #ifdef MP-WEIXIN
  code = await new Promise<string>((resolve, reject) => uni.login({ provider: 'weixin', success: (r) => resolve(r.code), fail: reject }))
  // #endif
  return code
}
