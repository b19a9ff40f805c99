import { afterEach, expect, it, vi } from 'vitest'
import { api } from '@/lib/api'
import { askWhose, atRegulator } from '../../desk/node'

afterEach(() => {
  vi.restoreAllMocks()
  vi.useRealTimers()
})

it('the desk is there while the server is away, and becomes a regulator’s when it answers', async () => {
  vi.useFakeTimers()
  let answer: (s: unknown) => void = () => undefined
  vi.spyOn(api, 'get').mockReturnValue(new Promise((come) => (answer = come)) as never)
  let there = false
  void askWhose().then(() => (there = true))
  await vi.advanceTimersByTimeAsync(2900)
  expect(there).toBe(false)
  await vi.advanceTimersByTimeAsync(200)
  expect([there, atRegulator.value]).toEqual([true, false])
  answer({ oversight: true })
  await vi.advanceTimersByTimeAsync(0)
  expect(atRegulator.value).toBe(true)
})
