// What makes the browser build an app: manifest, icons, the service worker with the list of what it keeps, the page for odd addresses, and
// in index.html the first page's own files, which a browser would else learn of one after another.
import { createHash } from 'node:crypto'
import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { transformWithEsbuild, type Plugin } from 'vite'

/** The first page of a stranger. What it needs, every other page needs too. */
const FIRST = 'pages-login-login'
/** Kept from the beginning: what a patient reads with. A page of staff's is kept when it has been opened. */
const KEPT = /^assets\/(?!pkg-|words-staff|platform-camera|pages-(factor|password))/

const manifest = {
  name: '智慧医院',
  short_name: '智慧医院',
  description: '在线复诊、电子处方、医保支付',
  lang: 'zh-CN',
  id: './',
  start_url: './',
  scope: './',
  display: 'standalone',
  background_color: '#f2f5f3',
  theme_color: '#f2f5f3',
  icons: [
    { src: 'icons/icon-192.png', sizes: '192x192', type: 'image/png' },
    { src: 'icons/icon-512.png', sizes: '512x512', type: 'image/png' },
    { src: 'icons/maskable-512.png', sizes: '512x512', type: 'image/png', purpose: 'maskable' },
  ],
}

/** here: the folder of this file. */
export function pwa(here: string): Plugin {
  return {
    name: 'pwa',
    apply: (_, { command }) => command === 'build' && process.env.UNI_PLATFORM === 'h5',
    enforce: 'post',
    async generateBundle(_, bundle) {
      const emit = (fileName: string, source: string | Uint8Array) => this.emitFile({ type: 'asset', fileName, source })
      for (const name of readdirSync(join(here, 'icons'))) emit(`icons/${name}`, readFileSync(join(here, 'icons', name)))
      emit('manifest.webmanifest', JSON.stringify(manifest))
      emit('404.html', readFileSync(join(here, '404.html')))

      const index = bundle['index.html']
      if (index?.type !== 'asset') this.error('there is no index.html to complete')
      const chunks = Object.values(bundle).filter((f) => f.type === 'chunk')
      const of = (name: string) => chunks.find((c) => c.fileName === name)
      const first = chunks.find((c) => c.name.startsWith(FIRST) || c.fileName.includes(FIRST))
      if (!first) this.error(`there is no ${FIRST} to preload`)
      const scripts = new Set<string>()
      const styles = new Set<string>()
      const walk = (name: string) => {
        const chunk = of(name)
        if (!chunk || chunk.isEntry || scripts.has(name)) return
        scripts.add(name)
        for (const css of (chunk as { viteMetadata?: { importedCss: Set<string> } }).viteMetadata?.importedCss ?? []) styles.add(css)
        chunk.imports.forEach(walk)
      }
      walk(first.fileName)
      const links = [...scripts].map((f) => `<link rel="modulepreload" crossorigin href="./${f}">`).concat([...styles].map((f) => `<link rel="preload" as="style" crossorigin href="./${f}">`))
      index.source = String(index.source).replace('<!--preload-links-->', links.join('\n    '))

      const kept = Object.keys(bundle).filter((name) => KEPT.test(name)).sort()
      const build = createHash('sha256').update(String(index.source)).update(kept.join()).digest('hex').slice(0, 12)
      const worker = await transformWithEsbuild(readFileSync(join(here, '../worker/service-worker.ts'), 'utf8'), 'service-worker.ts', { minify: true, target: 'es2020', format: 'iife' })
      emit('service-worker.js', `const BUILD=${JSON.stringify(build)},KEPT=${JSON.stringify(kept)};\n${worker.code}`)
    },
  }
}
