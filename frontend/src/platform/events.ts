// One reading of /v1/events: server-sent events in a browser, read with fetch because EventSource
// sends no header and a token has no place in an address; long polls in the mini-program, which
// knows no streams.
import type { Schema } from '@/lib/api'
import { serverOrigin } from './server'

export type EventPage = Schema<'NoticePage'>

/** The server sends a beat every 15 s: silence for longer is a dead connection. */
const SILENCE = 40_000
const WAIT = 25

/**
 * Reads behind a number, or from now on (-1), until it is lost, or the answered function is called:
 * then nothing is said any more.
 */
export function listen(
  token: string,
  since: number,
  take: (p: EventPage) => void,
  lost: (status: number) => void,
): () => void {
  let stopped = false
  let stop = () => {}
  const end = (status: number) => {
    if (stopped) return
    stopped = true
    stop()
    lost(status)
  }
  // #ifdef H5
  const ctl = new AbortController()
  let dead: ReturnType<typeof setTimeout> | undefined
  const alive = () => {
    clearTimeout(dead)
    dead = setTimeout(() => end(0), SILENCE)
  }
  stop = () => {
    clearTimeout(dead)
    ctl.abort()
  }
  const read = async () => {
    alive()
    const r = await fetch(`${serverOrigin()}/v1/events`, {
      headers: {
        Accept: 'text/event-stream',
        Authorization: `Bearer ${token}`,
        ...(since < 0 ? {} : { 'Last-Event-ID': String(since) }),
      },
      signal: ctl.signal,
    })
    if (!r.ok || !r.body) return end(r.status)
    const reader = r.body.getReader()
    const text = new TextDecoder()
    for (let rest = ''; ;) {
      const { done, value } = await reader.read()
      if (done || stopped) return end(0)
      alive()
      const events = (rest + text.decode(value, { stream: true })).split('\n\n')
      rest = events.pop()!
      for (const e of events) {
        const data = /^data: (.*)$/m.exec(e)
        if (data) take(JSON.parse(data[1]!) as EventPage)
      }
    }
  }
  read().catch(() => end(0))
  // #endif
  // #ifdef MP-WEIXIN
  const ask = (from: number) => {
    const task = uni.request({
      url: `${serverOrigin()}/v1/events?wait=${WAIT}${from < 0 ? '' : `&since=${from}`}`,
      header: { Authorization: `Bearer ${token}` },
      timeout: SILENCE,
      success: (r) => {
        if (stopped) return
        if (r.statusCode !== 200) return end(r.statusCode)
        take(r.data as EventPage)
        if (!stopped) ask((r.data as EventPage).last)
      },
      fail: () => end(0),
    })
    stop = () => task?.abort?.()
  }
  ask(since)
  // #endif
  return () => {
    stopped = true
    stop()
  }
}

/** Calls when the app is shown, hidden, or has a network again; tells whether it is hidden now. */
export function watchApp(shown: () => void, hidden: () => void): boolean {
  // #ifdef H5
  document.addEventListener('visibilitychange', () => (document.hidden ? hidden() : shown()))
  globalThis.addEventListener('online', () => document.hidden || shown())
  return document.hidden
  // #endif
  // #ifdef MP-WEIXIN
  uni.onAppShow(shown)
  uni.onAppHide(hidden)
  return false
  // #endif
}

let counted = 0
function paint(): void {
  const title = `${counted ? `(${counted}) ` : ''}${document.title.replace(/^\(\d+\) /, '')}`
  if (title !== document.title) document.title = title
}

/** A number before the title of the browser's tab. */
export function showCount(n: number): void {
  // #ifdef H5
  counted = n
  paint()
  // #endif
}

/** A tone of 880 Hz, a third of a second, in the mini-program's package alone. */
const TONE = '/static/mp-weixin/chime.wav'
let tone: UniApp.InnerAudioContext | undefined

/**
 * A short sound, and where there is one the vibration. Browsers keep silent before the first touch,
 * and a phone that is switched to silent only vibrates.
 */
export function chime(): void {
  // #ifdef H5
  try {
    const ctx = new AudioContext()
    if (ctx.state === 'suspended') return void ctx.close() // nobody has touched anything yet: it would wait for ever
    const wave = ctx.createOscillator()
    const loud = ctx.createGain()
    wave.frequency.value = 880
    loud.gain.setValueAtTime(0.2, ctx.currentTime)
    loud.gain.exponentialRampToValueAtTime(0.001, ctx.currentTime + 0.3)
    wave.connect(loud).connect(ctx.destination)
    wave.start()
    wave.stop(ctx.currentTime + 0.3)
    wave.onended = () => void ctx.close()
  } catch {
    // no sound here
  }
  navigator.vibrate?.(15)
  // #endif
  // #ifdef MP-WEIXIN
  if (!tone) {
    tone = uni.createInnerAudioContext()
    tone.src = TONE
  }
  tone.stop() // what still sounds begins anew
  tone.play()
  uni.vibrateShort({ type: 'medium', fail: () => undefined } as UniApp.VibrateShortOptions)
  // #endif
}

// #ifdef H5
if (typeof MutationObserver !== 'undefined') {
  const title = document.querySelector('title')
  if (title) new MutationObserver(paint).observe(title, { childList: true })
}
// #endif
