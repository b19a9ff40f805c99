// The service worker on a device that is full or keeps nothing: what the network answers is
// answered.
import { beforeEach, describe, expect, it, vi } from 'vitest'

type Heard = (e: {
  request: { method: string; url: string; mode: string }
  respondWith(answer: Promise<Response>): void
}) => void
const scope = 'https://hospital.example/'
let fetched: Heard

beforeEach(async () => {
  vi.resetModules()
  vi.stubGlobal('BUILD', 'b1')
  vi.stubGlobal('KEPT', [])
  vi.stubGlobal('self', {
    registration: { scope },
    clients: {},
    addEventListener: (type: string, heard: Heard) => type === 'fetch' && (fetched = heard),
  })
  vi.stubGlobal('fetch', () => Promise.resolve(new Response('of the network')))
  await import('../../worker/service-worker')
})

const ask = (name: string, mode: string) =>
  new Promise<string>((done, failed) =>
    fetched({
      request: { method: 'GET', url: scope + name, mode },
      respondWith: (a) => void a.then((r) => r.text()).then(done, failed),
    }),
  )

const full = () => Promise.reject(new DOMException('full', 'QuotaExceededError'))

describe('the service worker', () => {
  it.each([
    ['is full', { match: () => Promise.resolve(undefined), open: () => Promise.resolve({ put: full }) }],
    ['opens nothing', { match: () => Promise.resolve(undefined), open: full }],
    ['keeps nothing', { match: full, open: full }],
  ])('answers from the network when the device %s', async (_, caches) => {
    vi.stubGlobal('caches', caches)
    expect(await ask('assets/a.js', 'cors')).toBe('of the network')
    expect(await ask('', 'navigate')).toBe('of the network')
  })
})
