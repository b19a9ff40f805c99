// Reading aloud in the mini-program: as far as it can be tested without WeChat's plug-in, which a
// stand-in plays here.
import { expect, it } from 'vitest'
import { pieces, sayBy, type Player, type VoicePlugin } from '@/lib/voice'
import { withVoice } from '../../build/wechat-voice'
import { text } from '../golden'

it('cuts a text into pieces that the plug-in takes, and loses none of it', () => {
  const long = Array.from({ length: 40 }, (_, i) => `第${i}种药，口服，每次一片，每日三次。`).join('')
  const cut = pieces(long)
  expect(cut.length).toBeGreaterThan(1)
  expect(cut.join('')).toBe(long)
  for (const piece of cut) {
    expect(new TextEncoder().encode(piece).length).toBeLessThanOrEqual(1000)
    expect(piece.endsWith('。')).toBe(true)
  }
  expect(pieces('药'.repeat(700)).map((p) => p.length)).toEqual([300, 300, 100])
  expect(pieces('  ')).toEqual([])
})

/** What the plug-in was asked for, and the players that play. */
function stage() {
  const asked: { content: string; lang: string; answer: (filename?: string) => void; refuse: () => void }[] = []
  const players: (Player & { ended: () => void; failed: () => void; played: number; gone: number })[] = []
  const plugin: VoicePlugin = {
    textToSpeech: (o) =>
      void asked.push({
        content: o.content,
        lang: o.lang,
        answer: (filename) => o.success({ filename }),
        refuse: o.fail,
      }),
  }
  const player = () => {
    const p = {
      src: '',
      played: 0,
      gone: 0,
      ended: () => {},
      failed: () => {},
      play: () => void p.played++,
      destroy: () => void p.gone++,
      onEnded: (f: () => void) => void (p.ended = f),
      onError: (f: () => void) => void (p.failed = f),
    }
    players.push(p)
    return p
  }
  let done = 0
  return { asked, players, plugin, player, finish: () => void done++, done: () => done }
}
const two = `${'一'.repeat(250)}。${'二'.repeat(250)}。`

it('plays piece after piece, and is done once', () => {
  const s = stage()
  sayBy(s.plugin, s.player, two, 'zh-CN', s.finish)
  expect(s.asked.map((a) => [a.lang, a.content.length])).toEqual([['zh_CN', 251]])
  s.asked[0]!.answer('one.mp3')
  expect(s.players.map((p) => [p.src, p.played])).toEqual([['one.mp3', 1]])
  s.players[0]!.ended()
  s.asked[1]!.answer('two.mp3')
  expect([s.players[0]!.gone, s.done()]).toEqual([1, 0])
  s.players[1]!.ended()
  s.players[1]!.failed()
  expect([s.players[1]!.gone, s.done(), s.asked.length]).toEqual([1, 1, 2])
})

it('ends when it is hushed, refused, or has no sound', () => {
  const hushed = stage()
  const hush = sayBy(hushed.plugin, hushed.player, two, 'en', hushed.finish)
  hush()
  hushed.asked[0]!.answer('late.mp3') // the file comes when nobody listens any more
  expect([hushed.asked[0]!.lang, hushed.players.length, hushed.done()]).toEqual(['en_US', 0, 1])
  for (const end of [
    (a: ReturnType<typeof stage>['asked'][number]) => a.refuse(),
    (a: ReturnType<typeof stage>['asked'][number]) => a.answer(),
  ]) {
    const s = stage()
    sayBy(s.plugin, s.player, two, 'zh-CN', s.finish)
    end(s.asked[0]!)
    expect([s.asked.length, s.done()]).toEqual([1, 1])
  }
})

it('is declared with its version alone, and without a setting not at all', () => {
  const app = { pages: ['pages/home/home'], lazyCodeLoading: 'requiredComponents' }
  expect(JSON.parse(withVoice(JSON.stringify(app), '0.3.5'))).toEqual({
    ...app,
    plugins: { WechatSI: { version: '0.3.5', provider: 'wx069ba97219f66d99' } },
  })
  for (const wrong of ['1', 'true', 'latest', '0.3.5 '])
    expect(() => withVoice('{}', wrong)).toThrow(/VITE_WECHAT_VOICE/)
  expect(text('frontend/src/manifest.json')).not.toContain('WechatSI')
  for (const doc of ['README.md', 'app/docs/FRONTEND.md']) expect(text(doc), doc).toContain('VITE_WECHAT_VOICE')
})
