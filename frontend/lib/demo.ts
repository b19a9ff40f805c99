// What only a demo has: its ward tells the insurance cards of its people. A real server answers
// 404.
import { api } from './api'

interface Card {
  name: string
  ecToken: string
}

/** The card of a demo patient or child by name; '' when there is none. */
export async function demoCard(name: string): Promise<string> {
  const ward = await api
    .outside<{ patients?: (Card & { child?: Card })[] }>('GET', '/sandbox/ward')
    .catch(() => undefined)
  const cards = ward?.patients?.flatMap((p) => (p.child ? [p, p.child] : [p])) ?? []
  return cards.find((c) => c.name === name)?.ecToken ?? ''
}
