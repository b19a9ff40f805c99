// Theme, text size and language beyond our own pages: the document and uni's own dialogs in a
// browser, native bars.
import { t } from '@/lib/i18n'
import { isDark, isElder, settings, systemDark } from '@/lib/settings'

const BARS = { light: { front: '#000000', back: '#f2f5f3' }, dark: { front: '#ffffff', back: '#0f1412' } } as const

/**
 * Before the app is made: what uni says by itself before a page is shown keeps the language that it
 * finds on the device.
 */
export function nameLanguage(): void {
  // #ifdef H5
  try {
    localStorage.setItem('UNI_LOCALE', settings.language)
  } catch {
    // a browser that keeps nothing
  }
  // #endif
}

/** Puts the settings into effect; call it when a page is shown and when a setting changes. */
export function applyAppearance(): void {
  const bar = isDark.value ? BARS.dark : BARS.light
  uni.setNavigationBarColor({
    frontColor: bar.front,
    backgroundColor: bar.back,
    animation: { duration: 0, timingFunc: 'linear' },
    fail: () => undefined,
  })
  // #ifdef H5
  if (uni.getLocale() !== settings.language) uni.setLocale(settings.language) // of uni's own sheets
  document.querySelectorAll('.uni-page-head-btn').forEach((e) => e.setAttribute('aria-label', t('common.back')))
  const root = document.documentElement
  root.lang = settings.language === 'en' ? 'en' : 'zh-CN'
  root.style.setProperty('--fs', String(settings.scale))
  document.body.dataset.theme = isDark.value ? 'dark' : 'light'
  document.body.dataset.mode = isElder.value ? 'care' : ''
  document.querySelector('meta[name=theme-color]')?.setAttribute('content', bar.back)
  // #endif
}

/** Follows the device between light and dark. */
export function followSystem(changed: () => void): void {
  // #ifdef H5
  const dark = globalThis.matchMedia('(prefers-color-scheme: dark)')
  systemDark.value = dark.matches
  dark.addEventListener('change', (e) => {
    systemDark.value = e.matches
    changed()
  })
  // #endif
  // #ifdef MP-WEIXIN
  systemDark.value = uni.getSystemInfoSync().osTheme === 'dark' || uni.getSystemInfoSync().theme === 'dark'
  uni.onThemeChange((e) => {
    systemDark.value = e.theme === 'dark'
    changed()
  })
  // #endif
}
