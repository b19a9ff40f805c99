// Reading aloud: with the device's own voice in a browser, with WeChat's plug-in 同声传译 in a
// mini-program that was built for it (VITE_WECHAT_VOICE). Where there is neither there is no
// button. The plug-in sends what is read to WeChat's servers: SECURITY.md.
// #ifdef MP-WEIXIN
import { sayBy, type Player, type VoicePlugin } from '@/lib/voice'

declare const requirePlugin: ((name: string) => VoicePlugin) | undefined

/** WeChat throws where a plug-in is not declared, or not added to the account. */
function plugin(): VoicePlugin | undefined {
  if (!import.meta.env.VITE_WECHAT_VOICE || typeof requirePlugin !== 'function') return undefined
  try {
    return requirePlugin('WechatSI')
  } catch {
    return undefined
  }
}
let silence: (() => void) | undefined
// #endif

export function canSpeak(): boolean {
  let can = false
  // #ifdef H5
  can = 'speechSynthesis' in globalThis && typeof SpeechSynthesisUtterance !== 'undefined'
  // #endif
  // #ifdef MP-WEIXIN
  can = plugin() !== undefined
  // #endif
  return can
}

/** Says a text; done when it has been said, was broken off, or could not be. */
export function speak(text: string, language: string, done: () => void): void {
  // #ifdef H5
  speechSynthesis.cancel()
  const said = new SpeechSynthesisUtterance(text)
  said.lang = language
  said.rate = 0.9 // for whoever hears it the first time
  said.onend = said.onerror = done
  speechSynthesis.speak(said)
  // #endif
  // #ifdef MP-WEIXIN
  silence?.()
  const voice = plugin()
  if (!voice) return done()
  silence = sayBy(voice, () => uni.createInnerAudioContext() as unknown as Player, text, language, done)
  // #endif
}

export function hush(): void {
  // #ifdef H5
  if (canSpeak()) speechSynthesis.cancel()
  // #endif
  // #ifdef MP-WEIXIN
  silence?.()
  silence = undefined
  // #endif
}
