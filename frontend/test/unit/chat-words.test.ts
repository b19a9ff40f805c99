// What a pharmacy did with a prescription of the visit, told to the patient and to the doctor:
// nobody is told the other's words.
import { beforeAll, describe, expect, it } from 'vitest'
import { eventTones, systemWords } from '@/lib/chat-words'
import { fetchWords } from '@/lib/i18n'
import { choose } from '@/lib/settings'

beforeAll(() => fetchWords('pages/chat/chat'))

describe.each(['zh-Hans', 'en'] as const)('in %s', (language) => {
  beforeAll(async () => {
    choose({ language })
    await fetchWords('pages/chat/chat')
  })
  it.each(Object.keys(eventTones))('%s', (what) => {
    const [patient, doctor] = (['patient', 'doctor'] as const).map((to) => systemWords(`rx-${what} 康民大药房`, to))
    expect(patient).toContain('康民大药房')
    expect(doctor).toContain('康民大药房')
    expect(doctor).not.toMatch(/您|\b(you|your)\b/i)
  })
  it('leaves states as they are', () => expect(systemWords('finished', 'doctor')).toBe(systemWords('finished')))
})
