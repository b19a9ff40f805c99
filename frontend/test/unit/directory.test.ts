import { expect, it, vi } from 'vitest'
import { doctorNames } from '@/lib/directory'

const get = vi.hoisted(() => vi.fn())
vi.mock('@/lib/api', () => ({ api: { get } }))

it('a doctor who has left takes nobody else\'s name along', async () => {
  get.mockImplementation((_: string, { path: { person } }: { path: { person: string } }) =>
    person === 'left' ? Promise.reject(new Error('not-found')) : Promise.resolve({ person, name: `Dr ${person}` }),
  )
  expect(await doctorNames(['a', 'left', 'a', 'b'])).toEqual({ a: 'Dr a', b: 'Dr b' })
  expect(get).toHaveBeenCalledTimes(3)
})
