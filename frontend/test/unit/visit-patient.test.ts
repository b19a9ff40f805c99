// The doctor sees who speaks for the patient: a child's guardian, or a relative of an adult.
import { mount } from '@vue/test-utils'
import { expect, it } from 'vitest'
import AppPatient from '@/components/app-patient.vue'

const patient = {
  bound: true,
  name: '张建国',
  sex: 'male' as const,
  age: 58,
  ageOf: { years: 58, months: 0, days: 0 },
  health: { allergiesAsked: true, allergies: [], chronic: [], pregnant: '' as const, lactating: '' as const },
  prior: [],
}
const words = (of: object) =>
  mount(AppPatient, {
    props: { patient: { ...patient, ...of }, brief: true },
    global: { stubs: { AppAvatar: true } },
  }).text()

it('names who asks for the patient', () => {
  expect(words({ relative: '张小燕' })).toContain('家人代问：张小燕')
  expect(words({ guardian: '陈晓燕' })).toContain('监护人：陈晓燕')
  expect(words({})).not.toMatch(/家人|监护人/)
})
