import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import vue from '@vitejs/plugin-vue'
import { defineConfig, type Plugin } from 'vite'
import { asHTML, isUniTag } from '../build/as-html'
import { platformBlocks } from '../build/platform-blocks'

const here = dirname(fileURLToPath(import.meta.url))
const folders = [here, join(here, '../src')]
const ends = ['', '.ts', '/index.ts']

/**
 * @/… is the desk's own file where there is one, else the mini-app's; @/lib/… is the shared folder.
 */
function shared(): Plugin {
  return {
    name: 'shared',
    enforce: 'pre',
    resolveId(source) {
      if (!source.startsWith('@/')) return undefined
      const [path, query = ''] = source.slice(2).split('?')
      const bases = path!.startsWith('lib/') ? [join(here, '..')] : folders
      for (const base of bases) for (const end of ends) {
        const file = join(base, path! + end)
        if (existsSync(file) && (end !== '' || /\.\w+$/.test(path!))) return file + (query && `?${query}`)
      }
      return undefined
    },
  }
}

/** TDesign's icons ask Vue for what only a newer one has. */
function newerVue(): Plugin {
  return {
    name: 'newer-vue',
    enforce: 'pre',
    resolveId: (source, importer) =>
      source === 'vue' && importer?.includes('tdesign-icons') ? join(here, 'vue-for-tdesign.ts') : undefined,
  }
}

export default defineConfig({
  root: here,
  base: './',
  plugins: [
    shared(),
    newerVue(),
    platformBlocks('H5'),
    vue({ template: { compilerOptions: { isCustomElement: isUniTag, nodeTransforms: [asHTML] } } }),
  ],
  resolve: { alias: { crypto: join(here, '../src/platform/no-crypto.ts') } },
  worker: { format: 'es', rollupOptions: { output: { inlineDynamicImports: true } } },
  build: {
    outDir: '../dist/desk',
    emptyOutDir: true,
    target: 'es2020',
    reportCompressedSize: false,
    modulePreload: { polyfill: false },
  },
})
