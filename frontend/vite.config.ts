import { fileURLToPath } from 'node:url'
import { defineConfig, type Plugin } from 'vite'
import uniModule from '@dcloudio/vite-plugin-uni'
import { fewChunks } from './build/few-chunks'
import { fontScale } from './build/font-scale'
import { pwa } from './build/pwa'
import { sharedLib } from './build/shared-lib'
import { stripCDN } from './build/strip-cdn'
import { wechatVoice } from './build/wechat-voice'

const path = (relative: string) => fileURLToPath(new URL(relative, import.meta.url))

// The plugin is CommonJS: imported from a module its function sits one level deeper.
const uni = ((uniModule as unknown as { default?: () => Plugin[] }).default ?? uniModule) as () => Plugin[]

export default defineConfig({
  plugins: [uni(), stripCDN(), sharedLib(path('lib/')), fewChunks(), pwa(path('build/')), wechatVoice()],
  resolve: { alias: { crypto: path('src/platform/no-crypto.ts') } },
  css: { postcss: { plugins: [fontScale()] } },
  worker: { format: 'es', rollupOptions: { output: { inlineDynamicImports: true } } },
  build: { reportCompressedSize: false, sourcemap: false },
})
