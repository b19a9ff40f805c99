// A number that has no place to break stands on a line of its own, whole.
import { mount } from '@vue/test-utils'
import { expect, it } from 'vitest'
import AppCell from '@/components/app-cell.vue'

it.each([
  ['ST20261122012345678947', true],
  ['¥12.00', false],
  ['心内科、全科医学科', false],
])('%s', (value, below) => expect(mount(AppCell, { props: { label: '收费单号', value } }).classes('below')).toBe(below))
