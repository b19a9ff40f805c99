// The key of a PIN takes a slow phone two seconds. In a browser a worker works it out, so that the
// page can show how far it is; in the mini-program, whose workers get no code of ours, it is done
// in slices.
import { opening } from '@/lib/keyslot'
import { pbkdf2 } from '@/lib/pin-key'

// #ifdef H5
/** Undefined where no worker can be had. */
function inWorker(pin: Uint8Array, salt: Uint8Array, iterations: number): Promise<Uint8Array | undefined> {
  if (typeof Worker === 'undefined') return Promise.resolve(undefined)
  return new Promise((resolve) => {
    const worker = new Worker(new URL('../../worker/pin-key.ts', import.meta.url), { type: 'module' })
    const end = (made?: Uint8Array) => {
      worker.terminate()
      resolve(made)
    }
    worker.onerror = () => end()
    worker.onmessage = ({ data }: MessageEvent<number | Uint8Array>) =>
      typeof data === 'number' ? (opening.value = data) : end(data)
    worker.postMessage({ pin, salt, iterations })
  })
}
// #endif

export async function derive(pin: Uint8Array, salt: Uint8Array, iterations: number): Promise<Uint8Array> {
  const told = (done: number) => {
    opening.value = done
    return new Promise((resolve) => setTimeout(resolve, 0))
  }
  try {
    let made: Uint8Array | undefined
    // #ifdef H5
    made = await inWorker(pin, salt, iterations)
    // #endif
    return made ?? (await pbkdf2(pin, salt, iterations, told))
  } finally {
    opening.value = 0
  }
}
