// One request, one download, one upload and one socket, by the browser's own means. What an answer
// means is lib's to say.
import type { Answer, Request, Socket, SocketEvents } from '@/lib/http'

const LOST = 1006

/** Any answer of the server, its text as it came; undefined when there was none. */
export async function request({ url, method, data, header, timeout }: Request): Promise<Answer | undefined> {
  try {
    const r = await fetch(url, { method, body: data, headers: header, signal: AbortSignal.timeout(timeout) })
    return { status: r.status, text: await r.text(), header: Object.fromEntries(r.headers) }
  } catch {
    return undefined
  }
}

/** An address of the picture within this page; undefined when it did not come. */
export async function download(
  url: string,
  header: Record<string, string>,
  timeout: number,
): Promise<string | undefined> {
  try {
    const r = await fetch(url, { headers: header, signal: AbortSignal.timeout(timeout) })
    return r.ok ? URL.createObjectURL(await r.blob()) : undefined
  } catch {
    return undefined
  }
}

/**
 * Sends a file, named by an address of this page, as the form's "file"; undefined when no answer
 * came.
 */
export async function upload(
  url: string,
  filePath: string,
  header: Record<string, string>,
  timeout: number,
): Promise<Answer | undefined> {
  try {
    const body = new FormData()
    body.append('file', await (await fetch(filePath)).blob(), 'picture')
    const r = await fetch(url, { method: 'POST', body, headers: header, signal: AbortSignal.timeout(timeout) })
    return { status: r.status, text: await r.text(), header: {} }
  } catch {
    return undefined
  }
}

export function connectSocket(url: string, protocol: string, events: SocketEvents): Socket {
  const wire = new WebSocket(url, protocol)
  wire.onopen = () => events.open()
  wire.onmessage = (m) => events.text(String(m.data))
  wire.onclose = (e) => events.close(e.code || LOST)
  return { send: (data) => wire.send(data), close: () => wire.close() }
}
