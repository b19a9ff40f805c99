// What makes the browser build an app: manifest, icons, the service worker with the list of what it
// keeps, the page for odd addresses, and in index.html the first page's own files, which a browser
// would else learn of one after another. Those of the page that an address or a session leads to
// are asked for by worker/start.ts.
import { createHash } from 'node:crypto'
import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { transformWithEsbuild, type Plugin } from 'vite'
import { askedFirst, FRESH } from '../lib/asked-first'
import { homes } from '../lib/homes'
import { wordsAt } from '../lib/words-at'

/**
 * The chunk of a stranger's first page (few-chunks.ts). What it holds, every other page needs too.
 */
const FIRST = 'first'
/**
 * Kept from the beginning: what a patient reads with. A page of staff's is kept when it has been
 * opened.
 */
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

/** A file of worker/ with its tables written in front, each a constant that it declares. */
async function script(path: string, tables: Record<string, unknown>): Promise<string> {
  const { code } = await transformWithEsbuild(readFileSync(path, 'utf8'), path, {
    minify: true,
    target: 'es2020',
    format: 'iife',
  })
  const said = Object.entries(tables).map(([name, value]) => `const ${name}=${JSON.stringify(value)};`)
  return `{${said.join('')}\n${code}}`
}

/**
 * The pages that begin a visit, as their addresses name them: those of patients, and where each
 * role is at home.
 */
function pageNames(path: string): string[] {
  const { pages, subPackages } = JSON.parse(readFileSync(path, 'utf8')) as {
    pages: { path: string }[]
    subPackages: { root: string; pages: { path: string }[] }[]
  }
  const every = [...pages.map((p) => p.path), ...subPackages.flatMap((s) => s.pages.map((p) => `${s.root}/${p.path}`))]
  return every.filter((page) => page.startsWith('pages/') || Object.values(homes).includes(`/${page}`))
}

/** here: the folder of this file. */
export function pwa(here: string): Plugin {
  return {
    name: 'pwa',
    apply: (_, { command }) => command === 'build' && process.env.UNI_PLATFORM === 'h5',
    enforce: 'post',
    async generateBundle(_, bundle) {
      const emit = (fileName: string, source: string | Uint8Array) => this.emitFile({ type: 'asset', fileName, source })
      for (const name of readdirSync(join(here, 'icons')))
        emit(`icons/${name}`, readFileSync(join(here, 'icons', name)))
      emit('manifest.webmanifest', JSON.stringify(manifest))
      emit('404.html', readFileSync(join(here, '404.html')))

      const index = bundle['index.html']
      if (index?.type !== 'asset') this.error('there is no index.html to complete')
      const made = Object.values(bundle).filter((f) => f.type === 'chunk')
      const of = new Map(made.map((c) => [c.fileName, c]))
      const stylesOf = (c: (typeof made)[number]) => [
        ...((c as { viteMetadata?: { importedCss: Set<string> } }).viteMetadata?.importedCss ?? []),
      ]
      /** The files that a chunk needs beside those of the entry. */
      const needs = (name: string, into = new Set<string>()): Set<string> => {
        const chunk = of.get(name)
        if (!chunk || chunk.isEntry || into.has(name)) return into
        into.add(name)
        for (const css of stylesOf(chunk)) into.add(css)
        chunk.imports.forEach((next) => needs(next, into))
        return into
      }
      const words = (name: string) =>
        made.find((c) => c.name === `words-${name}` || c.fileName.includes(`words-${name}.`))?.fileName
      const first = made.find((c) => c.name === FIRST)
      if (!first) this.error(`there is no chunk ${FIRST} to preload`)
      const linked = needs(first.fileName)
      const files: string[] = []
      const at = (name: string) => (files.includes(name) ? files.indexOf(name) : files.push(name) - 1)
      const pages: Record<string, number[]> = {}
      for (const page of pageNames(join(here, '../src/pages.json'))) {
        const chunk = made.find((c) => c.facadeModuleId?.split('?')[0]!.endsWith(`/src/${page}.vue`))
        if (!chunk) this.error(`there is no chunk of ${page}`)
        const said = Object.entries(wordsAt)
          .filter(([, where]) => where.test(page))
          .map(([name]) => words(name))
          .filter((name) => name !== undefined)
        pages[page] = [...needs(chunk.fileName), ...said].filter((name) => !linked.has(name)).map(at)
      }
      const tables = { FILES: files, PAGES: pages, ENGLISH: words('english'), HOMES: homes, ASKED: askedFirst, FRESH }
      const start = await script(join(here, '../worker/start.ts'), tables)
      const startName = `assets/start.${createHash('sha256').update(start).digest('hex').slice(0, 8)}.js`
      emit(startName, start)
      const links = [...linked].map((f) =>
        f.endsWith('.css')
          ? `<link rel="preload" as="style" href="./${f}">`
          : `<link rel="modulepreload" crossorigin href="./${f}">`,
      )
      index.source = String(index.source)
        .replace('<!--start-->', `<script async fetchpriority="high" src="./${startName}"></script>`)
        .replace('<!--app-context-->', '')
        .replace('</head>', `  ${links.join('\n    ')}\n  </head>`) // behind the entry, which is asked for first

      const kept = [...new Set([...Object.keys(bundle), startName])].filter((name) => KEPT.test(name)).sort()
      const build = createHash('sha256').update(String(index.source)).update(kept.join()).digest('hex').slice(0, 12)
      emit('service-worker.js', await script(join(here, '../worker/service-worker.ts'), { BUILD: build, KEPT: kept }))
    },
  }
}
