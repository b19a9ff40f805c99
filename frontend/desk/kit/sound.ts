// What a scan led to, to be heard without looking up: taken, complete, taken though another should
// leave first, wrong. Words on the page say the same.
import { settings } from '@/lib/settings'

const tunes = {
  taken: [[880, 0.08]],
  complete: [
    [880, 0.08],
    [1320, 0.14],
  ],
  later: [
    [880, 0.08],
    [440, 0.2],
  ],
  wrong: [
    [220, 0.16],
    [180, 0.28],
  ],
} as const

let context: AudioContext | undefined

export function play(tune: keyof typeof tunes): void {
  if (!settings.sound) return
  try {
    context ??= new AudioContext()
    let at = context.currentTime
    for (const [frequency, seconds] of tunes[tune]) {
      const tone = context.createOscillator()
      const loud = context.createGain()
      tone.type = tune === 'wrong' ? 'square' : 'sine'
      tone.frequency.value = frequency
      loud.gain.setValueAtTime(0.15, at)
      loud.gain.exponentialRampToValueAtTime(0.001, at + seconds)
      tone.connect(loud).connect(context.destination)
      tone.start(at)
      tone.stop(at + seconds)
      at += seconds
    }
  } catch {
    // no sound here
  }
}
