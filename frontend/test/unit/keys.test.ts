import { beforeEach, describe, expect, it, vi } from 'vitest'
import { enrol } from '@/lib/keys'
import { storedKey } from '@/lib/keyslot'

const server = vi.hoisted(() => ({ role: 'doctor', state: 'waiting', live: true, calls: [] as string[] }))

vi.mock('@/lib/session', () => ({ me: () => ({ role: server.role }) }))
vi.mock('@/lib/api', () => {
  class Refused extends Error {
    constructor(readonly code: string) {
      super(code)
    }
  }
  return {
    Refused,
    api: {
      get: async () => ({ keys: [] }),
      post: async (path: string, request?: { body: { publicKey: string } }) => {
        server.calls.push(path)
        if (path === '/v1/keys/challenge') return { nonce: 'ab'.repeat(32) }
        if (path === '/v1/keys/requests') return { id: 'r1', state: server.state, publicKey: request!.body.publicKey }
        if (!server.live) throw new Refused('key-approval-required')
        return { id: 'c1', certificate: 'PEM', notAfter: '2028-11-01T00:00:00Z' }
      },
    },
  }
})

describe('enrolment', () => {
  beforeEach(() => Object.assign(server, { role: 'doctor', state: 'waiting', live: true, calls: [] }))

  it("asks the administrators for a practitioner's first key, and keeps it on this device", async () => {
    expect(await enrol('u1', '864213')).toMatchObject({ id: 'r1', state: 'waiting' })
    expect(server.calls).toEqual(['/v1/keys/requests'])
    expect(storedKey('u1')).toMatchObject({ certificate: '' })
  })

  it('goes on at once where they have approved at once', async () => {
    server.state = 'approved'
    expect(await enrol('u1', '864213')).toMatchObject({ id: 'c1' })
    expect(server.calls).toEqual(['/v1/keys/requests', '/v1/keys/challenge', '/v1/keys'])
    expect(storedKey('u1')).toMatchObject({ certificate: 'c1' })
  })

  it('asks nobody about a patient', async () => {
    server.role = 'patient'
    expect(await enrol('u1', '864213')).toMatchObject({ id: 'c1' })
    expect(server.calls).toEqual(['/v1/keys/challenge', '/v1/keys'])
  })

  it('asks when the present key ended while it signed for the next one', async () => {
    server.state = 'approved'
    await enrol('u1', '864213')
    Object.assign(server, { state: 'waiting', live: false, calls: [] })
    expect(await enrol('u1', '975318', '864213')).toMatchObject({ id: 'r1', state: 'waiting' })
    expect(server.calls).toEqual(['/v1/keys/challenge', '/v1/keys', '/v1/keys/requests'])
  })
})
