// 扫码签: the desk shows a code, the phone of the same account reads it and signs what waits at the
// server.

/** Digits of a code. */
export const CODE = 8

/** Where the phone's own camera leads to; the mini-app's scanner reads the code out of it. */
export const handoverAddress = (home: string, code: string) => `${home}#/pkg-inbox/handover/handover?code=${code}`

/** The code in what was scanned or typed; undefined when there is none. */
export function codeIn(text: string): string | undefined {
  const plain = text.normalize('NFKC').trim()
  const digits = /[?&]code=(\d+)$/.exec(plain)?.[1] ?? plain.replace(/[\s-]/g, '')
  return new RegExp(`^\\d{${CODE}}$`).test(digits) ? digits : undefined
}
