// Light or dark and the language, on the document itself. TDesign reads theme-mode, our own styles
// data-theme.
import { watchEffect } from 'vue'
import { isDark, settings, systemDark } from '@/lib/settings'

const BARS = { light: '#f2f5f3', dark: '#0f1412' } as const

export function dress(): void {
  const dark = matchMedia('(prefers-color-scheme: dark)')
  systemDark.value = dark.matches
  dark.addEventListener('change', (e) => (systemDark.value = e.matches))
  watchEffect(() => {
    const theme = isDark.value ? 'dark' : 'light'
    document.documentElement.lang = settings.language === 'en' ? 'en' : 'zh-CN'
    document.documentElement.setAttribute('theme-mode', theme)
    document.body.dataset.theme = theme
    document.querySelector('meta[name=theme-color]')?.setAttribute('content', BARS[theme])
  })
}
