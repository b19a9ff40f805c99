import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { codeIn, handoverAddress } from '@/lib/handover'
import { keepKey, wipeKey } from '@/lib/keyslot'
import { begin, end } from '@/lib/session'
import { lock, unlock } from '../../desk/lock'
import { AWAY, beginSigning, endSigning, openKey, rules, signing, spent, watchSigning } from '../../desk/sign-session'

const key = { privateKey: '11', publicKey: '04aa' }
const logIn = (person: string) =>
  begin({ token: 't', expiresAt: '2099-01-01T00:00:00Z', account: { id: person, person, role: 'doctor', org: 'h1' } })

describe('a desk that signs without asking for the PIN again', () => {
  watchSigning()
  beforeEach(() => {
    vi.useFakeTimers()
    logIn('li')
    unlock()
    keepKey('li', { sealed: '', publicKey: key.publicKey, certificate: 'c', wrong: 0 })
    rules.value = { sessionMinutes: 30, sessionActs: 3 }
    beginSigning('li', key)
  })
  afterEach(() => {
    endSigning()
    vi.useRealTimers()
  })

  it('counts acts', () => {
    for (let left = 3; left > 0; left--) {
      expect(signing.left).toBe(left)
      expect(openKey('li')).toBe(key)
      spent()
    }
    expect(openKey('li')).toBeUndefined()
  })
  it.each<[string, () => unknown]>([
    ['its time is over', () => vi.advanceTimersByTime(30 * 60_000)],
    ['it is locked', lock],
    ['the window was left', () => {
      dispatchEvent(new Event('blur'))
      vi.advanceTimersByTime(AWAY)
    }],
    ['the machine slept while the window was left', () => {
      dispatchEvent(new Event('blur'))
      vi.setSystemTime(Date.now() + AWAY) // no timer ran meanwhile
      dispatchEvent(new Event('focus'))
    }],
    ['another page comes into the tab', () => dispatchEvent(new Event('pagehide'))],
    ['its person logs out', end],
    ['another person logs in', () => logIn('wang')],
    ['the key is wiped', () => wipeKey('li')],
    ['the key is replaced', () => keepKey('li', { sealed: '', publicKey: '04bb', certificate: 'd', wrong: 0 })],
    ['its person ends it', endSigning],
  ])('ends when %s', (_, happens) => {
    happens()
    expect(openKey('li')).toBeUndefined()
    expect(signing.until).toBe(0)
  })
  it('goes on when the window comes back in time', () => {
    dispatchEvent(new Event('blur'))
    vi.advanceTimersByTime(AWAY - 1000)
    dispatchEvent(new Event('focus'))
    vi.advanceTimersByTime(AWAY)
    expect(openKey('li')).toBe(key)
  })
  it('is nobody else\'s', () => expect(openKey('wang')).toBeUndefined())
  it('does not begin where the installation forbids it', () => {
    endSigning()
    rules.value = { sessionMinutes: 0, sessionActs: 50 }
    beginSigning('li', key)
    expect(openKey('li')).toBeUndefined()
  })
})

describe('a signing code', () => {
  it.each([['40213876'], ['4021 3876'], ['４０２１３８７６'], [handoverAddress('http://127.0.0.1/', '40213876')]])(
    'is read from %s',
    (text) => expect(codeIn(text)).toBe('40213876'),
  )
  it.each([[''], ['4021387'], ['402138761'], ['rx:1:40213876'], ['http://x/?code=4021']])(
    'is not read from %s',
    (text) => expect(codeIn(text)).toBeUndefined(),
  )
})
