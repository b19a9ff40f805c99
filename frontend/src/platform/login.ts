// A WeChat code for POST /v1/sessions/wechat: from wx.login in the mini-program, from the demo's
// sandbox in a browser.
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
  code = await new Promise<string>((resolve, reject) =>
    uni.login({ provider: 'weixin', success: (r) => resolve(r.code), fail: reject }),
  )
  // #endif
  return code
}

/** Whether a browser's tabs stand side by side, each with a session of its own. */
export function hasTabs(): boolean {
  let tabs = false
  // #ifdef H5
  tabs = true
  // #endif
  return tabs
}

/**
 * The id of the form that the fields of a log-in belong to, so that password managers know what
 * they see. uni draws no form of the browser's, and one around its elements would be in the way of
 * its layout: this one stands beside them.
 */
export function loginForm(): string {
  let id = ''
  // #ifdef H5
  id = 'login-form'
  if (!document.getElementById(id)) {
    const form = document.createElement('form')
    form.id = id
    form.hidden = true
    form.addEventListener('submit', (e) => e.preventDefault()) // Enter is heard at the field
    document.body.append(form)
  }
  // #endif
  return id
}
