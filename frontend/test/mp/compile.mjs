// The built mini-program through WeChat's own compilers (wcc, wcsc, in an npm package): every page
// is there and compiles, and what a phone would refuse without a word is not in it. Gives the
// templates to render.
import { execFileSync } from 'node:child_process'
import { chmodSync, existsSync, readFileSync, readdirSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'

const require = createRequire(import.meta.url)
const compilers = join(require.resolve('miniprogram-compiler/package.json'), '../bin/linux')
const ROOM = 1 << 26

/**
 * A component's sheet may select by class only: WeChat drops the rules with a tag, an id or an
 * attribute.
 */
const foreignSelector = /(^|[\s>+~,])(?!from|to|page|wx-|\d)[a-z][\w-]*(?=[\s.:#[>+~,]|$)|#[a-z]|\[/i
/**
 * What uni's compiler leaves of import(): the path as a mere string, whose properties are all
 * undefined. sm-crypto-v2 may keep its own: it comes after wx.getRandomValues, and finds no
 * randomness there.
 */
const lostImport = /await\s*"\.{1,2}\/(?!platform\/no-crypto)/

function selectors(sheet) {
  const rules = sheet.replace(/\/\*[^]*?\*\//g, '').replace(/@keyframes[^{]*\{(?:[^{}]*\{[^}]*\})*[^}]*\}/g, '')
  return [...rules.matchAll(/([^{}]+)\{/g)].map((m) => m[1].trim()).filter((s) => !s.startsWith('@'))
}

export function compile(root) {
  const faults = []
  const files = (ext) => readdirSync(root, { recursive: true }).map(String).filter((f) => f.endsWith(ext))
  const read = (file) => readFileSync(join(root, file), 'utf8')
  for (const tool of ['wcc', 'wcsc']) chmodSync(join(compilers, tool), 0o755) // the package forgets it

  let templates = () => undefined
  try {
    const code = require('miniprogram-compiler').wxmlToJs(root, { maxBuffer: ROOM })
    templates = new Function('window', code)({ __webview_engine_version__: 0.02 })
  } catch (e) {
    faults.push(`wcc: ${e.message}`)
  }
  try {
    execFileSync(join(compilers, 'wcsc'), ['-js', ...files('.wxss')], {
      cwd: root,
      stdio: ['ignore', 'ignore', 'pipe'],
      maxBuffer: ROOM,
    })
  } catch (e) {
    faults.push(`wcsc: ${e.code ?? ''} ${String(e.stderr).slice(0, 400)}`)
  }

  const app = JSON.parse(read('app.json'))
  const pages = [...app.pages, ...(app.subPackages ?? []).flatMap((s) => s.pages.map((p) => `${s.root}/${p}`))]
  for (const page of pages)
    for (const ext of ['js', 'json', 'wxml'])
      if (!existsSync(join(root, `${page}.${ext}`))) faults.push(`${page}.${ext} is missing`)
  for (const file of files('.json').filter((f) => /^(pages|pkg-|components)/.test(f))) {
    for (const used of Object.values(JSON.parse(read(file)).usingComponents ?? {})) {
      if (!existsSync(join(root, file, '..', `${used}.wxml`))) faults.push(`${file}: no component ${used}`)
    }
  }
  for (const file of files('.wxss').filter((f) => f !== 'app.wxss')) {
    for (const s of selectors(read(file)))
      if (foreignSelector.test(s)) faults.push(`${file}: a component's sheet cannot select ${s}`)
  }
  for (const file of files('.js'))
    if (lostImport.test(read(file))) faults.push(`${file}: import() does not work in the mini-program`)

  return {
    root,
    pages,
    read,
    template: (path) => templates(`${path}.wxml`),
    config: (path) => JSON.parse(read(`${path}.json`)),
    app,
    faults,
  }
}
