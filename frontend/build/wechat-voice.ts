// Declares WeChat's plug-in 同声传译 in the mini-program's app.json, when VITE_WECHAT_VOICE names its
// version. WeChat refuses a package that declares a plug-in which the account has not added, so
// nothing is declared without the setting.
import { readFileSync, writeFileSync, existsSync } from 'node:fs'
import { join } from 'node:path'
import type { Plugin } from 'vite'

const PROVIDER = 'wx069ba97219f66d99'

/**
 * app.json with the plug-in. Throws for what is no version: WeChat wants the very one that the
 * account shows.
 */
export function withVoice(app: string, version: string): string {
  if (!/^\d+\.\d+\.\d+$/.test(version))
    throw new Error(`VITE_WECHAT_VOICE is ${version}: the plug-in's version is wanted, such as 0.3.5`)
  const parsed = JSON.parse(app) as { plugins?: Record<string, unknown> }
  return `${JSON.stringify(
    { ...parsed, plugins: { ...parsed.plugins, WechatSI: { version, provider: PROVIDER } } },
    null,
    2,
  )}\n`
}

export function wechatVoice(version = process.env.VITE_WECHAT_VOICE): Plugin {
  return {
    name: 'wechat-voice',
    apply: 'build',
    enforce: 'post',
    closeBundle: {
      order: 'post',
      handler() {
        const file = join(process.env.UNI_OUTPUT_DIR ?? '', 'app.json')
        if (!version || process.env.UNI_PLATFORM !== 'mp-weixin' || !existsSync(file)) return
        writeFileSync(file, withVoice(readFileSync(file, 'utf8'), version))
      },
    },
  }
}
