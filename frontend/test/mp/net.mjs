// WeChat's network as the mini-program knows it: only addresses below the one domain that was
// entered for it, and callbacks with errMsg. Behind the domain stands a real hospital server.
import { randomUUID } from 'node:crypto'

/** The server's address as it is built into the mini-program; nothing of that name exists. */
export const DOMAIN = 'hospital.example'
const MOST_SOCKETS = 5
const METHODS = ['OPTIONS', 'GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'TRACE', 'CONNECT']

/** phone.faults takes what a phone would refuse; WebSocket is jsdom's. */
export function network(phone, server, WebSocket) {
  const files = new Map()
  let sockets = 0
  const finish = (options, key, result) => {
    options[key]?.(result)
    options.complete?.(result)
  }

  /** The real address of one of ours; undefined, and told, for any other. */
  function route(url, schemes) {
    const at = /^(\w+):\/\/([^/]+)(\/.*)?$/.exec(url)
    if (at && schemes.includes(at[1]) && at[2] === DOMAIN)
      return server.replace(/^http/, schemes.includes('wss') ? 'ws' : 'http') + (at[3] ?? '/')
    phone.faults.push(`foreign address ${url}`)
    return undefined
  }

  /** Sends, and calls back as WeChat does; read makes the result of the answer. */
  function send(name, options, init, read) {
    const cut = new AbortController()
    let why = ''
    const end = (reason) => {
      why ||= reason
      cut.abort()
    }
    const url = route(options.url, ['https'])
    const task = {
      abort: () => end('abort'),
      onHeadersReceived: () => undefined,
      offHeadersReceived: () => undefined,
      onProgressUpdate: () => undefined,
      offProgressUpdate: () => undefined,
      onChunkReceived: () => undefined,
    }
    if (!url) {
      setTimeout(() => finish(options, 'fail', { errno: 600002, errMsg: `${name}:fail url not in domain list` }))
      return task
    }
    const clock = setTimeout(() => end('timeout'), options.timeout ?? 60_000)
    const headers = new Headers(init.headers)
    for (const [key, value] of Object.entries({
      ...options.header,
      Referer: 'https://servicewechat.com/touristappid/devtools/page-frame.html',
    }))
      headers.set(key, value)
    fetch(phone.offline ? 'http://127.0.0.1:1/' : url, { ...init, headers, signal: cut.signal })
      .then(async (r) => {
        const result = {
          statusCode: r.status,
          header: Object.fromEntries(r.headers),
          errMsg: `${name}:ok`,
          ...(await read(r)),
        }
        clearTimeout(clock)
        finish(options, 'success', result)
      })
      .catch((e) => {
        clearTimeout(clock)
        if (!why && !phone.offline && !(e?.cause || e?.name === 'TypeError')) throw e // the page's own callback failed
        finish(options, 'fail', { errno: why === 'timeout' ? 5 : 600001, errMsg: `${name}:fail ${why || e.message}` })
      })
    return task
  }

  return {
    files,

    request(options) {
      const method = (options.method ?? 'GET').toUpperCase()
      if (/\/v1\/events\?.*wait=/.test(options.url)) phone.polls.push(options.url)
      if (!METHODS.includes(method)) phone.faults.push(`wx.request: method ${method}`)
      const body =
        method === 'GET' || options.data === undefined
          ? undefined
          : typeof options.data === 'string'
            ? options.data
            : JSON.stringify(options.data)
      const init = { method, body, headers: { 'content-type': 'application/json' } }
      return send('request', options, init, async (r) => {
        const text = await r.text()
        if ((options.dataType ?? 'json') !== 'json') return { data: text, cookies: [] }
        try {
          return { data: JSON.parse(text), cookies: [] }
        } catch {
          return { data: text, cookies: [] }
        }
      })
    },

    downloadFile(options) {
      return send('downloadFile', options, {}, async (r) => {
        const tempFilePath = `wxfile://tmp_${randomUUID()}`
        files.set(tempFilePath, Buffer.from(await r.arrayBuffer()))
        return { tempFilePath }
      })
    },

    uploadFile(options) {
      const bytes = files.get(options.filePath)
      if (!bytes) {
        setTimeout(() => finish(options, 'fail', { errMsg: 'uploadFile:fail file not found' }))
        return { abort: () => undefined }
      }
      const form = new FormData()
      for (const [name, value] of Object.entries(options.formData ?? {})) form.set(name, value)
      form.set(options.name, new Blob([bytes], { type: 'image/png' }), 'tmp.png')
      return send('uploadFile', options, { method: 'POST', body: form }, async (r) => ({ data: await r.text() }))
    },

    /** A SocketTask. */
    connectSocket(options) {
      const on = { open: [], message: [], close: [], error: [] }
      const tell = (what, result) => on[what].forEach((f) => f(result))
      const url = route(options.url, ['wss'])
      const refusal = !url
        ? 'url not in domain list'
        : phone.offline
          ? 'no network'
          : sockets >= MOST_SOCKETS
            ? 'too many sockets'
            : ''
      let socket
      if (refusal) setTimeout(() => tell('error', { errMsg: `connectSocket:fail ${refusal}` }))
      else {
        sockets++
        socket = new WebSocket(url, options.protocols ?? [])
        socket.onopen = () => tell('open', { header: {}, profile: {} })
        socket.onmessage = (m) => tell('message', { data: m.data })
        socket.onclose = (e) => {
          sockets--
          tell('close', { code: e.code, reason: e.reason })
        }
        socket.onerror = () => tell('error', { errMsg: 'connectSocket:fail' })
      }
      setTimeout(() =>
        finish(options, refusal ? 'fail' : 'success', {
          errMsg: refusal ? `connectSocket:fail ${refusal}` : 'connectSocket:ok',
        }),
      )
      return {
        onOpen: (f) => on.open.push(f),
        onMessage: (f) => on.message.push(f),
        onClose: (f) => on.close.push(f),
        onError: (f) => on.error.push(f),
        send(o) {
          const open = socket?.readyState === 1
          if (open) socket.send(o.data)
          finish(o, open ? 'success' : 'fail', {
            errMsg: open ? 'sendSocketMessage:ok' : 'sendSocketMessage:fail SocketTask.readyState is not OPEN',
          })
        },
        close(o = {}) {
          if (socket && socket.readyState < 2) socket.close(o.code ?? 1000, o.reason)
          finish(o, 'success', { errMsg: 'closeSocket:ok' })
        },
        get readyState() {
          return socket?.readyState ?? 3
        },
      }
    },
  }
}
