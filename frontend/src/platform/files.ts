// Text files from the person: chosen, or dropped on the page in a browser; and to the person:
// saved, or shared in a chat.

// #ifdef MP-WEIXIN
import { utf8Text } from '@/lib/bytes'
// #endif

/** Longest file that is read, in bytes. */
export const MAX_TEXT = 1 << 20

/** Longest file of evidence that is read, in bytes. */
export const MAX_FILE = 64 << 20

// #ifdef H5
/**
 * The text of a file, a byte order mark included; empty when it is no UTF-8: the browser would mend
 * both, and a verifier elsewhere refuses them.
 */
async function textOf(file: File): Promise<string> {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(await file.arrayBuffer())
  } catch {
    return ''
  }
}
// #endif

// #ifdef MP-WEIXIN
function exactText(bytes: Uint8Array): string {
  try {
    return utf8Text(bytes)
  } catch {
    return ''
  }
}
// #endif

/** A text file the person chose; undefined when none, or when it is too long to be ours. */
export async function pickText(max = MAX_TEXT): Promise<string | undefined> {
  let text: string | undefined
  // #ifdef H5
  const input = document.createElement('input')
  input.type = 'file'
  input.accept = '.json,application/json,text/plain'
  const file = await new Promise<File | undefined>((resolve) => {
    input.onchange = () => resolve(input.files?.[0])
    input.oncancel = () => resolve(undefined)
    input.click()
  })
  text = file && file.size <= max ? await textOf(file) : undefined
  // #endif
  // #ifdef MP-WEIXIN
  text = await new Promise<string | undefined>((resolve) => {
    // @ts-ignore wx is the mini-program's global
    wx.chooseMessageFile({
      count: 1,
      type: 'file',
      success: (r: { tempFiles: { path: string; size: number }[] }) => {
        const file = r.tempFiles[0]
        if (!file || file.size > max) return resolve(undefined)
        uni
          .getFileSystemManager()
          .readFile({
            filePath: file.path,
            success: (f) => resolve(exactText(new Uint8Array(f.data as ArrayBuffer))),
            fail: () => resolve(undefined),
          })
      },
      fail: () => resolve(undefined),
    })
  })
  // #endif
  return text
}

/**
 * Gives the person a text as a file. Throws when the device will not keep it; ends also when the
 * person gives up.
 */
export async function saveText(name: string, text: string, type = 'application/json'): Promise<void> {
  // #ifdef H5
  const link = document.createElement('a')
  link.href = URL.createObjectURL(new Blob([text], { type }))
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000) // the browser may still be asking where to
  // #endif
  // #ifdef MP-WEIXIN
  // @ts-ignore wx is the mini-program's global
  const filePath = `${wx.env.USER_DATA_PATH}/${name}`
  await new Promise<void>((resolve, reject) => {
    uni
      .getFileSystemManager()
      .writeFile({
        filePath,
        data: text,
        encoding: 'utf-8',
        success: () => resolve(),
        fail: () => reject(new Error('the file could not be written')),
      })
  })
  // @ts-ignore
  await new Promise<void>((resolve) => wx.shareFileMessage({ filePath, fileName: name, complete: () => resolve() }))
  // #endif
}

/** Calls with every text file dropped on the page; the answered function ends it. */
export function onDrop(dropped: (text: string) => void, max = MAX_TEXT): () => void {
  let stop = () => undefined as void
  // #ifdef H5
  const over = (e: DragEvent) => e.preventDefault()
  const drop = async (e: DragEvent) => {
    e.preventDefault()
    const file = e.dataTransfer?.files[0]
    if (file && file.size <= max) dropped(await textOf(file))
    else if (!file && e.dataTransfer?.getData('text')) dropped(e.dataTransfer.getData('text'))
  }
  document.addEventListener('dragover', over)
  document.addEventListener('drop', drop)
  stop = () => {
    document.removeEventListener('dragover', over)
    document.removeEventListener('drop', drop)
  }
  // #endif
  return stop
}
