// Reading aloud by WeChat's plug-in 同声传译 (WechatSI), which turns a piece of text into a sound file:
// pieces that it takes, one after another.

export interface VoicePlugin {
  textToSpeech(o: {
    lang: 'zh_CN' | 'en_US'
    tts: true
    content: string
    success: (r: { retcode?: number; filename?: string }) => void
    fail: () => void
  }): void
}

export interface Player {
  src: string
  play(): void
  destroy(): void
  onEnded(f: () => void): void
  onError(f: () => void): void
}

/** Longest text at once, in characters: the plug-in takes 1,000 bytes. */
const MOST = 300

/** A text in pieces that end with a sentence, or a clause, where there is one. */
export function pieces(text: string, most = MOST): string[] {
  const found: string[] = []
  let rest = text.trim()
  while (rest.length > most) {
    const head = rest.slice(0, most)
    const at = Math.max(...['。', '. ', '\n'].map((x) => head.lastIndexOf(x)))
    const clause = Math.max(...['，', ', '].map((x) => head.lastIndexOf(x)))
    const cut = at >= 0 ? at + 1 : clause >= 0 ? clause + 1 : most
    found.push(rest.slice(0, cut).trim())
    rest = rest.slice(cut).trim()
  }
  return rest ? [...found, rest] : found
}

/**
 * Says a text piece by piece, and done once: when all was said, when something failed, or when it
 * was hushed. Returns what hushes it.
 */
export function sayBy(
  plugin: VoicePlugin,
  player: () => Player,
  text: string,
  language: string,
  done: () => void,
): () => void {
  let over = false
  let now: Player | undefined
  const end = () => {
    if (over) return
    over = true
    now?.destroy()
    done()
  }
  const todo = pieces(text)
  function next() {
    const content = todo.shift()
    if (over || content === undefined) return end()
    plugin.textToSpeech({
      lang: language === 'en' ? 'en_US' : 'zh_CN',
      tts: true,
      content,
      success: ({ filename }) => {
        if (over) return
        if (!filename) return end()
        now?.destroy()
        now = player()
        now.onEnded(next)
        now.onError(end)
        now.src = filename
        now.play()
      },
      fail: end,
    })
  }
  next()
  return end
}
