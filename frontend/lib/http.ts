// What a platform's src/platform/request gives: one request, one download, one upload and one
// socket. The mini-app and the desk each have their own; what an answer means is api.ts's and
// socket.ts's to say.

/** What came back: its text as it came, its header in small letters. */
export interface Answer {
  status: number
  text: string
  header: Record<string, string>
}

export interface Request {
  url: string
  method: string
  /** Sent as JSON. */
  data?: string
  header: Record<string, string>
  /** In ms. */
  timeout: number
}

export interface Socket {
  send(data: string): void
  close(): void
}

/** What a socket tells; code is that of RFC 6455 section 7.4. */
export interface SocketEvents {
  open(): void
  text(data: string): void
  close(code: number): void
}
