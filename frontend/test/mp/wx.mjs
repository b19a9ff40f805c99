// The wx object of one phone: WeChat's documented API, as far as the mini-program may use it, with
// WeChat's own limits. What the person would do (confirm a dialog, choose from a sheet, hold a code
// before the camera) the test says beforehand in phone.will; a dialog that nobody expected is a
// fault.
import { randomFillSync, randomUUID } from 'node:crypto'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { network } from './net.mjs'

const MOST_IN_SLOT = 1 << 20
const MOST_RANDOM = 1 << 20
const MOST_CHOICES = 6

/** One sky-blue pixel. */
/** As WeChat reads a file: bytes without an encoding, text with one. */
const read = (bytes, encoding) =>
  encoding === undefined ? new Uint8Array(bytes).buffer : bytes.toString(encoding === 'utf-8' ? 'utf8' : encoding)

const PICTURE = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNoAAAAggCBd81ytgAAAABJRU5ErkJggg==',
  'base64',
)

export function makeWx(phone, server, WebSocket) {
  const net = network(phone, server, WebSocket)
  const themes = []
  const nothing = () => undefined

  /** Calls back, later, as every asynchronous API does. */
  const answer = (name, o, result) =>
    setTimeout(() => {
      const all = { ...result, errMsg: result?.fail ? `${name}:fail ${result.fail}` : `${name}:ok` }
      o?.[result?.fail ? 'fail' : 'success']?.(all)
      o?.complete?.(all)
    })
  /** What the person was to do now; undefined is told as a fault. */
  const will = (what, shown) => {
    const intent = phone.will[what].shift()
    if (intent === undefined) phone.faults.push(`nobody expected ${what}: ${shown}`)
    return intent
  }
  const base = () => ({
    SDKVersion: '3.8.9',
    version: '8.0.60',
    language: 'zh_CN',
    theme: phone.theme,
    host: { env: 'WeChat' },
    enableDebug: false,
    fontSizeSetting: 17,
    fontSizeScaleFactor: phone.fontScale,
  })
  const device = {
    brand: 'Apple',
    model: 'iPhone 15',
    system: 'iOS 18.0',
    platform: 'ios',
    abi: 'arm64',
    benchmarkLevel: -1,
    memorySize: 6000,
  }
  const glass = {
    pixelRatio: 3,
    screenWidth: 390,
    screenHeight: 844,
    windowWidth: 390,
    windowHeight: 753,
    statusBarHeight: 47,
    screenTop: 91,
    safeArea: { left: 0, right: 390, top: 47, bottom: 810, width: 390, height: 763 },
  }
  const slot = (key, value) => {
    if (JSON.stringify(value).length > MOST_IN_SLOT) throw new Error('setStorageSync:fail exceed max size')
    phone.storage.set(key, JSON.stringify(value))
  }

  return {
    ...net,

    login: (o) =>
      fetch(`${server}/sandbox/login`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ user: phone.user }),
      })
        .then((r) => r.json())
        .then(({ code }) => answer('login', o, code ? { code } : { fail: 'no such user' })),

    getStorageSync: (key) => (phone.storage.has(key) ? JSON.parse(phone.storage.get(key)) : ''),
    setStorageSync: slot,
    setStorage(o) {
      slot(o.key, o.data)
      answer('setStorage', o)
    },
    removeStorageSync: (key) => void phone.storage.delete(key),
    getStorageInfoSync: () => ({ keys: [...phone.storage.keys()], currentSize: 1, limitSize: 10240 }),
    clearStorageSync: () => phone.storage.clear(),

    getRandomValues: (o) =>
      answer(
        'getRandomValues',
        o,
        o.length > MOST_RANDOM
          ? { fail: 'length exceed' }
          : { randomValues: randomFillSync(new Uint8Array(o.length)).buffer },
      ),

    navigateTo: (o) => phone.navigate('navigateTo', o),
    redirectTo: (o) => phone.navigate('redirectTo', o),
    reLaunch: (o) => phone.navigate('reLaunch', o),
    switchTab: (o) => phone.navigate('switchTab', o),
    navigateBack: (o) => phone.navigate('navigateBack', o ?? {}),

    setNavigationBarTitle(o) {
      if (phone.top) phone.top.title = String(o.title)
      answer('setNavigationBarTitle', o)
    },
    setNavigationBarColor(o) {
      if (!/^#(000000|ffffff)$/i.test(o.frontColor))
        phone.faults.push(`setNavigationBarColor: ${o.frontColor} is neither #000000 nor #ffffff`)
      if (phone.top) phone.top.bar = o.backgroundColor
      answer('setNavigationBarColor', o)
    },
    startPullDownRefresh: (o) => answer('startPullDownRefresh', o),
    stopPullDownRefresh(o) {
      if (phone.top) phone.top.pulling = false
      answer('stopPullDownRefresh', o)
    },
    pageScrollTo: (o) => answer('pageScrollTo', o),

    showModal(o) {
      const confirm = will('modal', `${o.title} ${o.content}`)
      if (`${o.confirmText ?? ''}`.length > 4 || `${o.cancelText ?? ''}`.length > 4)
        phone.faults.push(`showModal: a button of more than 4 characters: ${o.confirmText} ${o.cancelText}`)
      answer('showModal', o, { confirm: confirm === true, cancel: confirm !== true })
    },
    showActionSheet(o) {
      if (o.itemList.length > MOST_CHOICES) {
        phone.faults.push(
          `showActionSheet: ${o.itemList.length} items, ${MOST_CHOICES} at most: ${o.itemList.join(' ')}`,
        )
        return answer('showActionSheet', o, { fail: 'parameter error: itemList should not be larger than 6' })
      }
      const tapIndex = will('sheet', o.itemList.join(' '))
      return answer('showActionSheet', o, tapIndex === undefined ? { fail: 'cancel' } : { tapIndex })
    },
    showToast(o) {
      phone.toasts.push(o.title)
      answer('showToast', o)
    },
    hideToast: (o) => answer('hideToast', o),
    showLoading: (o) => answer('showLoading', o),
    hideLoading: (o) => answer('hideLoading', o),

    scanCode(o) {
      const result = will('scan', 'the camera')
      answer(
        'scanCode',
        o,
        result === undefined ? { fail: 'cancel' } : { result, scanType: 'QR_CODE', charSet: 'UTF-8' },
      )
    },
    chooseImage(o) {
      const path = `wxfile://tmp_${randomUUID()}.png`
      net.files.set(path, PICTURE)
      answer('chooseImage', o, { tempFilePaths: [path], tempFiles: [{ path, size: PICTURE.length }] })
    },
    chooseMedia(o) {
      const path = `wxfile://tmp_${randomUUID()}.png`
      net.files.set(path, PICTURE)
      answer('chooseMedia', o, {
        type: 'image',
        tempFiles: [{ tempFilePath: path, size: PICTURE.length, fileType: 'image' }],
      })
    },
    /** A file of a chat; the text comes from phone.will.file. */
    chooseMessageFile(o) {
      const text = will('file', 'a file of a chat')
      if (text === undefined) return answer('chooseMessageFile', o, { fail: 'cancel' })
      const path = `wxfile://tmp_${randomUUID()}.json`
      net.files.set(path, Buffer.from(text))
      return answer('chooseMessageFile', o, {
        tempFiles: [{ path, name: 'receipt.json', type: 'file', size: Buffer.byteLength(text), time: 0 }],
      })
    },
    getFileSystemManager: () => ({
      readFile: (o) =>
        answer(
          'readFile',
          o,
          net.files.has(o.filePath) ? { data: read(net.files.get(o.filePath), o.encoding) } : { fail: 'no such file' },
        ),
    }),
    previewImage: (o) =>
      answer('previewImage', o, o.urls.every((u) => net.files.has(u)) ? {} : { fail: 'no such picture' }),
    setClipboardData(o) {
      phone.clipboard = String(o.data)
      answer('setClipboardData', o)
    },
    vibrateShort(o) {
      if (!['heavy', 'medium', 'light'].includes(o.type)) phone.faults.push(`vibrateShort: type ${o.type}`)
      phone.vibrated++
      answer('vibrateShort', o)
    },
    /** What is played must be in the package; phone.heard counts it. */
    createInnerAudioContext: () => ({
      src: '',
      play() {
        if (!existsSync(join(phone.build.root, this.src))) phone.faults.push(`sound: ${this.src} is not in the package`)
        phone.heard++
      },
      stop: nothing,
    }),
    getScreenBrightness: (o) => answer('getScreenBrightness', o, { value: phone.brightness ?? 0.5 }),
    setScreenBrightness(o) {
      phone.brightness = o.value
      answer('setScreenBrightness', o)
    },
    getClipboardData: (o) => answer('getClipboardData', o, { data: phone.clipboard }),

    getAppBaseInfo: base,
    getDeviceInfo: () => device,
    getWindowInfo: () => glass,
    getSystemInfoSync: () => ({ ...base(), ...device, ...glass }),
    getAccountInfoSync: () => ({ miniProgram: { appId: 'touristappid', envVersion: 'develop', version: '' } }),
    getLaunchOptionsSync: () => ({ path: phone.pages[0], query: {}, scene: 1001, referrerInfo: {} }),
    getEnterOptionsSync: () => ({ path: phone.pages[0], query: {}, scene: 1001, referrerInfo: {} }),
    onThemeChange: (f) => themes.push(f),
    offThemeChange: nothing,
    /** The person turns the phone dark or light. */
    turn(theme) {
      phone.theme = theme
      themes.forEach((f) => f({ theme }))
    },
    canIUse: () => true,
    nextTick: (f) => setTimeout(f),
    onAppShow: nothing,
    onAppHide: nothing,
    onError: nothing,
    onUnhandledRejection: nothing,
    onPageNotFound: nothing,
  }
}
