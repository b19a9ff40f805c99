// One request, one download, one upload and one socket of this platform. What an answer means is
// lib's to say.
import { FRESH, type Asked } from '@/lib/asked-first'
import type { Answer, Request, Socket, SocketEvents } from '@/lib/http'

function lower(header: unknown): Record<string, string> {
  return Object.fromEntries(
    Object.entries((header ?? {}) as Record<string, unknown>).map(([k, v]) => [k.toLowerCase(), String(v)]),
  )
}

/**
 * What was asked for before this code was here (worker/start.ts), once and while it is fresh;
 * undefined when no answer came, or nobody asked.
 */
async function askedBefore({ url, method, header }: Request): Promise<Answer | undefined> {
  let answer: Answer | undefined
  // #ifdef H5
  const { asked } = globalThis as { asked?: Asked }
  const key = `${header.Authorization ?? ''}${url.slice(location.origin.length)}`
  const before = method === 'GET' ? asked?.get(key) : undefined
  asked?.delete(key)
  const r = before && performance.now() < FRESH ? await before : undefined
  const text = await r?.text().catch(() => undefined)
  if (text !== undefined) answer = { status: r!.status, text, header: lower(Object.fromEntries(r!.headers)) }
  // #endif
  return answer
}

/**
 * Any answer of the server, its text as it came and its header in small letters; undefined when
 * there was none.
 */
export async function request(asked: Request): Promise<Answer | undefined> {
  return (await askedBefore(asked)) ?? send(asked)
}

function send({ method, ...rest }: Request): Promise<Answer | undefined> {
  return new Promise((resolve) => {
    uni.request({
      ...rest,
      method: method as 'GET',
      dataType: 'text', // read by lib: a receipt's text must stay as it came
      success: (r) =>
        resolve({
          status: r.statusCode,
          text: typeof r.data === 'string' ? r.data : JSON.stringify(r.data ?? ''),
          header: lower(r.header),
        }),
      fail: () => resolve(undefined),
    })
  })
}

/** An address of the picture for <image>; undefined when it did not come. */
export function download(url: string, header: Record<string, string>, timeout: number): Promise<string | undefined> {
  return new Promise((resolve) => {
    uni.downloadFile({
      url,
      header,
      timeout,
      success: (r) => resolve(r.statusCode === 200 ? r.tempFilePath : undefined),
      fail: () => resolve(undefined),
    })
  })
}

/** Sends a file of the device as the form's "file"; undefined when no answer came. */
export function upload(
  url: string,
  filePath: string,
  header: Record<string, string>,
  timeout: number,
): Promise<Answer | undefined> {
  return new Promise((resolve) => {
    uni.uploadFile({
      url,
      filePath,
      name: 'file',
      header,
      timeout,
      success: (r) => resolve({ status: r.statusCode, text: r.data, header: {} }),
      fail: () => resolve(undefined),
    })
  })
}

const LOST = 1006

export function connectSocket(url: string, protocol: string, events: SocketEvents): Socket {
  // A callback makes uni return the task itself and not a promise of it.
  const task = uni.connectSocket({ url, protocols: [protocol], complete: () => undefined })
  task.onOpen(() => events.open())
  task.onMessage((m) => events.text(String(m.data)))
  task.onClose((e) => events.close((e as { code?: number } | undefined)?.code ?? LOST))
  task.onError(() => events.close(LOST))
  return { send: (data) => task.send({ data }), close: () => task.close({}) }
}
