import { createSSRApp } from 'vue'
import App from './App.vue'
import { nameLanguage } from './platform/appearance'
import { hearBack } from './platform/entries'

hearBack()
nameLanguage()

export function createApp() {
  return { app: createSSRApp(App) }
}
