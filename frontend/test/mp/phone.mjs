// A phone with the mini-program on it. The app's own files run in a realm that has the language,
// timers and wx, and nothing else: no window, no document, no crypto, no fetch, as in WeChat's
// logic layer. Outside of it j-component draws the compiled templates into jsdom, as WeChat's view
// layer does. Several phones, each with its own storage, live side by side.
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { posix } from 'node:path'
import vm from 'node:vm'
import { JSDOM } from 'jsdom'
import { makeWx } from './wx.mjs'

const { window } = new JSDOM('<!doctype html><body></body>', {
  url: 'https://servicewechat.com/',
  pretendToBeVisual: true,
})
Object.assign(globalThis, { window, document: window.document, CustomEvent: window.CustomEvent })
const require = createRequire(import.meta.url)
require('miniprogram-simulate') // registers WeChat's own components
const component = require('j-component')
const exparser = require('miniprogram-exparser')

const MOST_PAGES = 10
/** How long something on a page may take, in ms. */
const PATIENCE = 15_000
const types = { String, Number, Boolean, Object, Array }
let phones = 0

// The view layer swallows what a life-cycle function throws, and tells it here.
exparser.addGlobalErrorListener((e) => Phone.trouble.push(e?.stack ?? String(e)))

export class Phone {
  /** Exceptions that belong to no phone in particular. */
  static trouble = []
  faults = []
  storage = new Map()
  stack = []
  toasts = []
  will = { modal: [], sheet: [], scan: [], file: [] }
  theme = 'light'
  fontScale = 1
  offline = false
  clipboard = ''
  heard = 0
  vibrated = 0
  /** Addresses of the long polls for what happened, in their order. */
  polls = []
  #modules = new Map()
  #ids = new Map()
  #loading
  #opening

  /** build: of compile.mjs; user: the WeChat user whose phone this is. */
  constructor(build, server, user = 'patient-01') {
    this.build = build
    this.server = server
    this.pages = build.pages
    this.user = user
    this.prefix = `phone${++phones}`
    this.wx = makeWx(this, server, window.WebSocket)
    const guarded =
      (start) =>
      (f, ms, ...args) =>
        start(() => this.#guard(() => f(...args)), ms)
    this.realm = vm.createContext({
      wx: this.wx,
      global: {},
      console: {
        log: () => undefined,
        info: () => undefined,
        debug: () => undefined,
        warn: () => undefined,
        error: (...all) => this.faults.push(`console.error ${all.map((x) => x?.stack ?? x).join(' ')}`),
      },
      setTimeout: guarded(setTimeout),
      setInterval: guarded(setInterval),
      clearTimeout,
      clearInterval,
      App: (options) => (this.app = options),
      Page: () => this.faults.push('Page(): uni makes pages by Component()'),
      Component: (options) => this.#register(options),
      Behavior: (options) => component.behavior(options),
      getApp: () => this.app,
      getCurrentPages: () => this.stack.map((p) => p.comp.instance),
    })
    // What node's realms have and WeChat's do not, or not on every phone.
    vm.runInContext(
      'for (const name of ["WebAssembly", "Intl", "SharedArrayBuffer", "Atomics"]) delete globalThis[name]',
      this.realm,
    )
    this.#require('app')
    this.app.onLaunch?.(this.wx.getLaunchOptionsSync())
    this.app.onShow?.(this.wx.getEnterOptionsSync())
  }

  get top() {
    return this.stack[this.stack.length - 1]
  }

  #guard(f) {
    try {
      return f()
    } catch (e) {
      this.faults.push(e?.stack ?? String(e))
      return undefined
    }
  }

  /** A file of the app, run once in its realm. */
  #require(path) {
    const known = this.#modules.get(path)
    if (known) return known.exports
    const module = { exports: {} }
    this.#modules.set(path, module)
    const wrapped = vm.runInContext(
      `(function (require, module, exports) {${this.build.read(`${path}.js`)}\n})`,
      this.realm,
      { filename: `${path}.js` },
    )
    wrapped((to) => this.#require(posix.join(dirname(path), to).replace(/\.js$/, '')), module, module.exports)
    return module.exports
  }

  /** Anything exported by a file of the app, for tests of what no page shows. */
  require = (path) => this.#require(path)

  /** Registers a page or component and those it uses; answers its id. */
  #component(path) {
    const known = this.#ids.get(path)
    if (known) return known
    const id = `${this.prefix}-${path.replace(/\//g, '-')}`
    this.#ids.set(path, id)
    const using = Object.fromEntries(
      Object.entries(this.build.config(path).usingComponents ?? {}).map(([tag, to]) => [
        tag,
        this.#component(posix.join(dirname(path), to)),
      ]),
    )
    const before = this.#loading
    this.#loading = { id, path, using }
    this.#require(path)
    this.#loading = before
    return id
  }

  #register(options) {
    const { id, path, using } = this.#loading
    const phone = this
    // Those of the other realm are not ours.
    for (const p of Object.values(options.properties ?? {})) if (p?.type?.name in types) p.type = types[p.type.name]
    const { created } = options
    options.created = function () {
      if (phone.#opening) [this.route, phone.#opening] = [phone.#opening, undefined]
      const { setData } = this
      this.setData = (data, done) => setData.call(this, phone.#across(path, data), done)
      created?.call(this)
    }
    const { attached } = options.lifetimes
    options.lifetimes.attached = function () {
      attached.call(this)
      // j-component tells ready only to what is there when a page opens; WeChat tells everything
      // that is added later, too.
      setTimeout(() => phone.#guard(() => this._exparserNode.triggerLifeTime('ready', [])))
    }
    component.register({
      id,
      path: join('/', phone.prefix, path),
      tagName: path.split('/').pop(),
      template: this.build.template(path),
      usingComponents: using,
      ...options,
    })
  }

  /** What setData gives goes to the view layer as JSON. */
  #across(path, data) {
    const fits = (key, value) =>
      typeof value === 'function' ? void this.faults.push(`${path}: setData with the function ${key}`) : value
    return JSON.parse(JSON.stringify(data, fits))
  }

  #open(path, query) {
    const config = this.build.config(path)
    const page = { path, query, title: config.navigationBarTitleText, config, pulling: false }
    const id = this.#component(path)
    this.#opening = path
    page.comp = component.create(id)
    page.holder = window.document.body.appendChild(window.document.createElement('div'))
    page.holder.append(page.comp.dom)
    this.stack.push(page)
    exparser.Element.pretendAttached(page.comp._exparserNode)
    page.comp.instance.onLoad(query)
    page.comp.instance.onShow()
  }

  #close() {
    const page = this.stack.pop()
    page.comp.instance.onUnload?.()
    exparser.Element.pretendDetached(page.comp._exparserNode)
    page.holder.remove()
  }

  /** navigateTo and its like, with WeChat's refusals. */
  navigate(how, o) {
    const [path, search = ''] =
      how === 'navigateBack'
        ? ['']
        : (o.url.startsWith('/') ? o.url.slice(1) : posix.join(dirname(this.top.path), o.url)).split('?')
    // WeChat hands the values over as they are written: nothing is decoded.
    const query = Object.fromEntries(
      search
        .split('&')
        .filter(Boolean)
        .map((pair) => [pair.split('=')[0], pair.slice(pair.indexOf('=') + 1)]),
    )
    const refusal =
      how === 'switchTab'
        ? 'can not switch to no-tabBar page'
        : how === 'navigateBack'
          ? this.stack.length < 2
            ? 'cannot navigate back at first page.'
            : ''
          : !this.pages.includes(path)
            ? `page "${path}" is not found`
            : how === 'navigateTo' && this.stack.length >= MOST_PAGES
              ? 'webview count limit exceed'
              : ''
    setTimeout(() => {
      if (!refusal)
        this.#guard(() => {
          if (how === 'navigateTo') this.top?.comp.instance.onHide?.()
          if (how === 'redirectTo') this.#close()
          if (how === 'reLaunch') while (this.stack.length) this.#close()
          if (how === 'navigateBack') {
            for (let left = Math.min(o.delta ?? 1, this.stack.length - 1); left > 0; left--) this.#close()
            this.top.comp.instance.onShow()
          } else this.#open(path, query)
        })
      const result = { errMsg: refusal ? `${how}:fail ${refusal}` : `${how}:ok` }
      o[refusal ? 'fail' : 'success']?.(result)
      o.complete?.(result)
    })
  }

  /** Opens a page as from outside: a shared card, a scanned code. */
  async open(url) {
    await new Promise((success, no) =>
      this.navigate('reLaunch', { url, success, fail: (e) => no(new Error(e.errMsg)) }),
    )
  }

  /** The back arrow of the bar. */
  async back() {
    await new Promise((success, no) => this.navigate('navigateBack', { success, fail: (e) => no(new Error(e.errMsg)) }))
  }

  /** Waits until test() is true; what: for the message when it never is. */
  async until(what, test, patience = PATIENCE) {
    for (const end = Date.now() + patience; ; await new Promise((next) => setTimeout(next, 15))) {
      if (this.faults.length || Phone.trouble.length)
        throw new Error(`${what}: ${[...this.faults, ...Phone.trouble].join('\n')}`)
      const got = test()
      if (got) return got
      if (Date.now() > end)
        throw new Error(
          `${this.top?.path}: ${what} did not come; it shows: ${this.text().slice(
            0,
            600,
          )}; toasts: ${this.toasts.slice(-3)}`,
        )
    }
  }

  text = () => this.top?.holder.textContent.replace(/\s+/g, ' ') ?? ''
  all = (selector) => [...(this.top?.holder.querySelectorAll(selector) ?? [])]
  /** By data-name; an ending * stands for anything. */
  named = (name) => this.all(name.endsWith('*') ? `[data-name^="${name.slice(0, -1)}"]` : `[data-name="${name}"]`)
  see = (name, patience) => this.until(`[${name}]`, () => this.named(name)[0], patience)
  at = (path, patience) => this.until(`page ${path}`, () => this.top?.path === path, patience)
  shows = (words, patience) => this.until(`“${words}”`, () => this.text().includes(words), patience)

  /** An attribute as the template gave it: j-component puts only data-… into the document. */
  attribute = (element, name) =>
    element.__wxElement._vt.attrs.find((a) => a.name.replace(/[A-Z]/g, (c) => `-${c.toLowerCase()}`) === name)?.value

  dispatch(element, type, detail = {}, bubbles = false) {
    exparser.Event.dispatchEvent(
      element.__wxElement,
      exparser.Event.create(type, detail, {
        bubbles,
        composed: bubbles,
        capturePhase: bubbles,
        extraFields: { touches: [], changedTouches: [] },
      }),
    )
  }

  press = (element) => this.dispatch(element, 'tap', { x: 1, y: 1 }, true)

  /** Taps what has the name (or matches the selector) as soon as it may be tapped. */
  async tap(name, which = 0) {
    const found = () => (/^[[.]/.test(name) ? this.all(name) : this.named(name)).at(which)
    const element = await this.until(
      `tap on ${name}`,
      () => found() && this.attribute(found(), 'aria-disabled') !== 'true' && found(),
    )
    this.press(element)
    await new Promise((next) => setTimeout(next, 20))
  }

  /** Types into the field of that name. */
  async type(name, words) {
    const fields = 'wx-input, wx-textarea'
    const field = await this.until(
      `field ${name}`,
      () => this.named(name).map((e) => (e.matches(fields) ? e : e.querySelector(fields)))[0],
    )
    this.dispatch(field, 'focus', { value: '' })
    this.dispatch(field, 'input', { value: words, cursor: words.length, keyCode: 0 })
    this.dispatch(field, 'blur', { value: words })
    await new Promise((next) => setTimeout(next, 20))
  }

  /** Chooses from a picker by its place. */
  async choose(name, at) {
    const picker = await this.until(`choice ${at} of ${name}`, () =>
      this.named(name).find((p) => this.attribute(p, 'range')?.length > at),
    )
    this.dispatch(picker, 'change', { value: String(at) })
    await new Promise((next) => setTimeout(next, 20))
  }

  /** Events of the page that nobody would hear: uni names a handler that is not there. */
  deaf() {
    return this.all('*').flatMap((element) => {
      const node = element.__wxElement
      const owner = node?.ownerShadowRoot && exparser.Element.getMethodCaller(node.ownerShadowRoot.getHostNode())
      return Object.values(node?._vt?.event ?? {})
        .filter((e) => typeof owner?.[e.handler] !== 'function')
        .map((e) => `${element.tagName} ${e.name}`)
    })
  }

  /** What the person's session may read. */
  async ask(path) {
    const kept = this.storage.get('session')
    const r = await fetch(this.server + path, {
      headers: kept ? { Authorization: `Bearer ${JSON.parse(JSON.parse(kept)).token}` } : {},
    })
    if (!r.ok) throw new Error(`${path}: ${r.status} ${await r.text()}`)
    return r.json()
  }

  async pin(digits = '864213') {
    for (const digit of digits) await this.tap(`[data-key="${digit}"]`)
  }

  /** Nothing runs on after the test. */
  close() {
    while (this.stack.length) this.#close()
  }
}
