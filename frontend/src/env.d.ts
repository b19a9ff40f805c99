/// <reference types="vite/client" />

interface ImportMetaEnv {
  /** Origin of the server for the mini-program, such as https://hospital.example; the H5 build uses its own origin. */
  readonly VITE_SERVER?: string
}

declare module '*.svg?raw' {
  const text: string
  export default text
}
