// Where the server is. The browser's page was served by it; the mini-program is told at build time
// (VITE_SERVER).

export function serverOrigin(): string {
  let origin = ''
  // #ifdef H5
  origin = globalThis.location.origin
  // #endif
  // #ifdef MP-WEIXIN
  origin = import.meta.env.VITE_SERVER ?? ''
  // #endif
  return origin
}

/** The same origin for WebSockets. */
export function socketOrigin(): string {
  return serverOrigin().replace(/^http/, 'ws')
}
