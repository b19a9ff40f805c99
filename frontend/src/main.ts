import { createSSRApp } from 'vue'
import App from './App.vue'
import { hearBack } from './platform/entries'

hearBack()

export function createApp() {
  return { app: createSSRApp(App) }
}
