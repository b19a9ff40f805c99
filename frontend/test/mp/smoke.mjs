// The mini-program build, compiled by WeChat's own compilers (wcc, wcsc) and run where there is no window, no crypto and
// no TextEncoder: every page compiles, a key is made and sealed, signs and verifies, a receipt is checked.
// After npm run build:mp:  node test/mp/smoke.mjs
import { execFileSync } from 'node:child_process'
import { chmodSync, cpSync, existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { randomFillSync } from 'node:crypto'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const require = createRequire(import.meta.url)
const built = new URL('../../dist/mp-weixin/', import.meta.url).pathname
const faults = []
const expect = (what, holds) => holds || faults.push(what)

// The build is CommonJS; beside our package.json node would take it for modules.
const root = mkdtempSync(join(tmpdir(), 'mp-'))
cpSync(built, root, { recursive: true })
writeFileSync(join(root, 'package.json'), '{"type":"commonjs"}')

const files = (ext) => readdirSync(root, { recursive: true }).map(String).filter((f) => f.endsWith(ext))
const bin = join(require.resolve('miniprogram-compiler/package.json'), '../bin/linux')
for (const [tool, ext] of [['wcc', '.wxml'], ['wcsc', '.wxss']]) {
  try {
    chmodSync(join(bin, tool), 0o755) // the package forgets it
    execFileSync(join(bin, tool), [...(tool === 'wcc' ? ['-d'] : ['-js']), ...files(ext)], { cwd: root, stdio: ['ignore', 'ignore', 'pipe'], maxBuffer: 1 << 26 })
  } catch (e) {
    faults.push(`${tool}: ${e.code ?? ''} ${String(e.stderr).slice(0, 400)}`)
  }
}

const app = JSON.parse(readFileSync(join(root, 'app.json'), 'utf8'))
const pages = [...app.pages, ...(app.subPackages ?? []).flatMap((s) => s.pages.map((p) => `${s.root}/${p}`))]
for (const page of pages) for (const ext of ['js', 'json', 'wxml']) expect(`${page}.${ext} is missing`, existsSync(join(root, `${page}.${ext}`)))

// Sign and verify in a scope that has only wx, as on a phone.
const store = new Map()
globalThis.wx = {
  getRandomValues: ({ length, success }) => success({ randomValues: randomFillSync(new Uint8Array(length)).buffer }),
  getStorageSync: (key) => store.get(key) ?? '', setStorageSync: (key, value) => void store.set(key, value), removeStorageSync: (key) => void store.delete(key),
  getSystemInfoSync: () => ({ language: 'zh_CN' }), getAppBaseInfo: () => ({ language: 'zh_CN' }), getDeviceInfo: () => ({}), getWindowInfo: () => ({}), canIUse: () => true,
  onAppShow: () => undefined, getLaunchOptionsSync: () => ({}), getEnterOptionsSync: () => ({}), onThemeChange: () => undefined,
}
Object.assign(globalThis, { App: () => undefined, Page: () => undefined, Component: () => undefined, getApp: () => undefined, getCurrentPages: () => [] })
for (const name of ['crypto', 'TextEncoder', 'TextDecoder', 'atob', 'btoa', 'fetch']) Object.defineProperty(globalThis, name, { value: undefined, configurable: true, writable: true })
delete globalThis.crypto
const sm = require(join(root, 'lib/sm.js'))
const { packed } = require(join(root, 'lib/signing-code.js'))
const key = await sm.generateKey()
const message = Uint8Array.from([1, 2, 3])
const signature = await sm.sign(message, key)
expect('a signature made here does not verify', sm.verify(message, signature, key.publicKey) && !sm.verify(Uint8Array.from([1, 2, 4]), signature, key.publicKey))
expect('a sealed key does not open', (await packed.openKey(await packed.sealKey(key, '864213'), '864213')).privateKey === key.privateKey)
packed.keepKey('u1', { sealed: '', publicKey: '', certificate: '', wrong: 0, fingerprint: {} })
expect('a fingerprint is asked for where nothing can seal a key with it', !(await packed.fingerprintOn('u1')))
packed.wipeKey('u1')
const golden = new URL('../../../chain/testdata/', import.meta.url).pathname
if (existsSync(golden)) packed.verifyReceipt(packed.openMembers(readFileSync(join(golden, 'members.json'), 'utf8')), readFileSync(join(golden, 'receipt-05-rx.issue.json'), 'utf8'))

rmSync(root, { recursive: true, force: true })
console.log(faults.length ? faults.join('\n') : `${pages.length} pages compiled, signing works: no faults`)
process.exit(faults.length ? 1 : 0)
