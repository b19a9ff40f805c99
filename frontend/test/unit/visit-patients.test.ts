// Names and allergies beside a doctor's list: nothing of them is there for the next person, however
// the session ended.
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { begin, end, expire } from '@/lib/session'
import { patientOf, readPatient } from '@/lib/visit-patients'

let answers: (() => void)[]
const answer = async (i: number) => (await vi.waitUntil(() => answers[i]))()

beforeEach(() => {
  answers = []
  Object.assign(uni, {
    request: (o: UniApp.RequestOptions) =>
      void answers.push(() =>
        o.success?.({ statusCode: 200, data: '{"name":"陈晓燕"}', header: {}, cookies: [] } as never),
      ),
  })
  end()
})

const login = (person: string) =>
  begin({
    token: `of ${person}`,
    expiresAt: new Date(Date.now() + 3600_000).toISOString(),
    account: { id: person, person, role: 'doctor', org: 'h1' },
  })

describe('patients of visits', () => {
  it.each([
    ['log-out', end],
    ['a session that the server ended', expire],
    ['another person’s log-in', () => login('u2')],
  ])('are forgotten after %s', async (_, leave) => {
    login('u1')
    const early = readPatient('CN1')
    await answer(0)
    await early
    expect(patientOf('CN1')?.name).toBe('陈晓燕')
    const late = readPatient('CN2')
    await vi.waitUntil(() => answers[1])
    leave()
    await answer(1) // it was on its way
    await late
    expect(patientOf('CN1')).toBeUndefined()
    expect(patientOf('CN2')).toBeUndefined()
  })
})
