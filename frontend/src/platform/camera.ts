// The browser's scanner: the camera over the whole page, or a picture from the album where there is
// no camera (it needs https). A browser with BarcodeDetector reads bar codes as well, any other
// reads QR codes.
import decodeQR from 'qr/decode.js'
import { t } from '@/lib/i18n'

interface Detector {
  detect(source: CanvasImageSource): Promise<{ rawValue: string }[]>
}

/** Pause between two looks, in ms: a slow phone needs 70 ms for one. */
const PAUSE = 150
/** Longest side that is looked at, in pixels. */
const SIDE = 800

const formats = ['qr_code', 'code_128', 'ean_13', 'data_matrix']

function detector(): Detector | undefined {
  const Native = (globalThis as { BarcodeDetector?: new (o: { formats: string[] }) => Detector }).BarcodeDetector
  try {
    return Native && new Native({ formats })
  } catch {
    return undefined // it does not know one of the formats
  }
}

async function read(
  source: CanvasImageSource,
  width: number,
  height: number,
  native: Detector | undefined,
): Promise<string | undefined> {
  if (!width || !height) return undefined
  const found = await native?.detect(source).catch(() => [])
  if (found?.[0]) return found[0].rawValue
  const shrink = Math.min(1, SIDE / Math.max(width, height))
  const canvas = document.createElement('canvas')
  canvas.width = Math.round(width * shrink)
  canvas.height = Math.round(height * shrink)
  const context = canvas.getContext('2d', { willReadFrequently: true })!
  context.drawImage(source, 0, 0, canvas.width, canvas.height)
  try {
    return decodeQR(context.getImageData(0, 0, canvas.width, canvas.height))
  } catch {
    return undefined // no code in this picture
  }
}

function element<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  style: string,
  parent: HTMLElement,
  text = '',
): HTMLElementTagNameMap[K] {
  const made = document.createElement(tag)
  made.style.cssText = style
  made.textContent = text
  parent.append(made)
  return made
}

const button = 'min-height:48px;padding:0 20px;border:0;border-radius:8px;background:#fff;color:#111;font-size:17px'

/** Opens the scanner; the text it read, undefined when it was closed. */
export function look(): Promise<string | undefined> {
  const root = element(
    'div',
    'position:fixed;inset:0;z-index:1000;display:flex;flex-direction:column;background:#000;color:#fff',
    document.body,
  )
  root.setAttribute('role', 'dialog')
  root.setAttribute('aria-modal', 'true')
  root.setAttribute('aria-label', t('scan.title'))
  const video = element('video', 'flex:1;min-height:0;width:100%;object-fit:cover', root)
  video.muted = video.playsInline = true
  const message = element('div', 'padding:16px;text-align:center', root, t('scan.aim'))
  message.setAttribute('role', 'status')
  const row = element(
    'div',
    'display:flex;justify-content:center;gap:16px;padding:0 16px calc(24px + env(safe-area-inset-bottom))',
    root,
  )
  const album = element('input', 'display:none', row)
  album.type = 'file'
  album.accept = 'image/*'
  const pick = element('button', button, row, t('scan.album'))
  pick.dataset.name = 'scan-album'
  pick.onclick = () => album.click()
  const close = element('button', button, row, t('scan.type'))
  close.dataset.name = 'scan-close'
  close.dataset.dismiss = ''
  close.tabIndex = 0
  close.focus()

  return new Promise((resolve) => {
    const native = detector()
    let stream: MediaStream | undefined
    let open = true
    const done = (text?: string) => {
      open = false
      stream?.getTracks().forEach((track) => track.stop())
      root.remove()
      resolve(text)
    }
    close.onclick = () => done()
    album.onchange = async () => {
      const picture = album.files?.[0] && (await createImageBitmap(album.files[0]).catch(() => undefined))
      const text = picture && (await read(picture, picture.width, picture.height, native))
      if (text) done(text)
      else message.textContent = t('scan.nothing')
    }
    const watch = async () => {
      while (open) {
        const text = await read(video, video.videoWidth, video.videoHeight, native)
        if (text && open) return done(text)
        await new Promise((next) => setTimeout(next, PAUSE))
      }
    }
    const start = async () => {
      stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: 'environment' } })
      if (!open) return stream.getTracks().forEach((track) => track.stop())
      video.srcObject = stream
      await video.play()
      await watch()
    }
    start().catch((e: unknown) => {
      const denied = e instanceof DOMException && e.name === 'NotAllowedError'
      if (open) message.textContent = t(denied ? 'scan.denied' : 'scan.noCamera')
    })
  })
}
