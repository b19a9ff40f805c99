// QR codes: a GIF as a data URL for <image>, which both platforms draw without a canvas.
import encodeQR from 'qr'
import { toBase64 } from './bytes'

/** Pixels of a module; the image is scaled by its box. */
const SCALE = 6

/** Data URL of a QR code with its quiet zone. Throws when the text is too long. */
export function qrImage(text: string): string {
  return `data:image/gif;base64,${toBase64(encodeQR(text, 'gif', { scale: SCALE, ecc: 'medium', border: 4 }))}`
}
