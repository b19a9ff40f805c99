// What a status means for whoever looks at it: go on, pay, wait for somebody else, it went wrong,
// it is over.
const tones = {
  money: ['approved'],
  good: ['paid', 'ready', 'active', 'settled', 'committed', 'verified'],
  bad: ['rejected', 'failed'],
  over: ['dispensed', 'finished', 'cancelled', 'expired', 'refunded', 'draft'],
} as const

export type Tone = keyof typeof tones | 'wait'

export function toneOf(status: string): Tone {
  return (
    (Object.keys(tones) as (keyof typeof tones)[]).find((t) => (tones[t] as readonly string[]).includes(status)) ??
    'wait'
  )
}
