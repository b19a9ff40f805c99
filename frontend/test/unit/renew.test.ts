// @vitest-environment jsdom
import { afterEach, describe, expect, it, vi } from 'vitest'
import { isReplaced } from '@/platform/renew'

const page = (script: string) =>
  `<!DOCTYPE html><html><head><script type="module" src="${script}"></script></head></html>`
const serves = (answer: () => Response) => vi.stubGlobal('fetch', vi.fn(async () => answer()))
const here = () => {
  document.head.innerHTML = '<script type="module" src="./assets/index-old.js"></script>'
  return document
}
afterEach(() => vi.unstubAllGlobals())

describe('a tab open over an upgrade', () => {
  it('knows that its build is gone', async () => {
    serves(() => new Response(page('./assets/index-new.js')))
    expect(await isReplaced(here())).toBe(true)
  })
  it.each([
    ['the same build', () => new Response(page('./assets/index-old.js'))],
    ['a server that is starting', () => new Response('', { status: 503 })],
    ['another page', () => new Response('<p>log in to the network</p>')],
    ['no network', () => { throw new TypeError('Failed to fetch') }],
  ])('is not loaded again for %s', async (_, answer) => {
    serves(answer)
    expect(await isReplaced(here())).toBe(false)
  })
})
