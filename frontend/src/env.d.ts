/// <reference types="vite/client" />

interface ImportMetaEnv {
  /**
   * Origin of the server for the mini-program, such as https://hospital.example; the H5 build uses
   * its own origin.
   */
  readonly VITE_SERVER?: string
  /**
   * Version of WeChat's plug-in 同声传译 (WechatSI) that the mini-program reads aloud with; empty: it
   * does not.
   */
  readonly VITE_WECHAT_VOICE?: string
}

declare module '*.svg?raw' {
  const text: string
  export default text
}
