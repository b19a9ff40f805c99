// What a doctor did before for a patient comes from the server's list of that patient alone,
// however many others were there since.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { api, type Schema } from '@/lib/api'
import { readEarlier } from '@/lib/earlier'

const of = { id: 'CN0', patient: 'upat' } as Schema<'ConsultView'>
const asked: Record<string, unknown>[] = []
beforeEach(() => {
  asked.length = 0
  const all = Array.from({ length: 11 }, (_, n) => ({ id: `CN${n}`, patient: 'upat' }))
  vi.spyOn(api, 'get').mockImplementation((async (path: string, { query, path: at }: any) => {
    if (path === '/v1/prescriptions') {
      const items = [
        { id: `RX-${query.visit}`, status: 'dispensed', draftedAt: '2026-11-20T08:00:00Z' },
        { id: `draft-${query.visit}`, status: 'draft', draftedAt: '2026-11-20T08:00:00Z' },
      ]
      return { items }
    }
    if (path === '/v1/prescriptions/{id}') return { id: at.id, draftedAt: '2026-11-20T08:00:00Z' }
    asked.push(query)
    const from = query.before ? all.findIndex((x) => x.id === query.before) + 1 : 0
    const consultations = all.slice(from, from + query.limit)
    const last = consultations[consultations.length - 1]
    return { consultations, next: consultations.length === query.limit ? last!.id : undefined }
  }) as never)
})
afterEach(() => vi.restoreAllMocks())

describe('earlier visits', () => {
  it('are asked for by patient, once, and this one is none', async () => {
    const found = await readEarlier(of)
    expect(asked).toEqual([{ person: 'upat', before: undefined, limit: 8, state: ['finished'] }])
    expect(found.visits.map((v) => v.id)).toEqual(['CN1', 'CN2', 'CN3', 'CN4', 'CN5', 'CN6', 'CN7'])
    expect(found.prescriptions.map((p) => p.id)).toContain('RX-CN7')
    expect(found.prescriptions.some((p) => p.id.startsWith('draft'))).toBe(false)
    expect(found.more).toBe(true)
  })
  it('go on to the first one', async () => {
    const found = await readEarlier(of, 5)
    expect(found.visits).toHaveLength(10)
    expect(found.more).toBe(false)
    expect(asked).toHaveLength(2)
  })
})
