import { describe, expect, it } from 'vitest'
import { begin, end, own } from '@/lib/session'
import { csv, csvCell } from '../../desk/kit/csv'
import { arrange, keepViews, keptViews, type Column } from '../../desk/kit/table'

describe('a file for a spreadsheet', () => {
  it.each([
    '=1+1', '+cmd', '-2+3', '@SUM(A1)', '\t=1', ' =1', '＝1', '＋1', '－1', '＠A', '﹦1', '﹣1', '−1+1', '\r=1', '\n@A',
    '\u200b=1', '\x01=1', '|x', '%0A=1',
  ])('holds no formula: %s', (text) => expect(csvCell(text)).toMatch(/^"'/))
  it.each([
    ['-12', '-12'],
    ['-1.5', '-1.5'],
    [3, '3'],
    [undefined, ''],
    ['李明', '李明'],
  ])('keeps %s', (value, want) => expect(csvCell(value)).toBe(want))
  it('quotes what would break a row', () =>
    expect(
      csv([
        ['a"b', 'c,d'],
        ['e\nf', 'g'],
      ]),
    ).toBe('\ufeff"a""b","c,d"\r\n"e\nf",g\r\n'))
})

describe('the rows of a table', () => {
  type Row = { name: string; n: number }
  const columns: Column<Row>[] = [
    { key: 'name', title: '', value: (r) => r.name, words: (r) => `姓名${r.name}` },
    { key: 'n', title: '', value: (r) => r.n, number: true },
  ]
  const rows = [{ name: 'b', n: 2 }, { name: 'a', n: 10 }, { name: 'c', n: 1 }]
  const names = (sort?: { key: string; down: boolean }, filter = '') =>
    arrange(rows, columns, { columns: ['name', 'n'], sort, filter })
      .map((r) => r.name)
      .join('')
  it('stand as they came', () => expect(names()).toBe('bac'))
  it('are ordered by number and by text', () => {
    expect(names({ key: 'n', down: false })).toBe('cba')
    expect(names({ key: 'n', down: true })).toBe('abc')
    expect(names({ key: 'name', down: false })).toBe('abc')
  })
  it('are those that have every word', () => {
    expect(names(undefined, '姓名 10')).toBe('a')
    expect(names(undefined, 'ａ')).toBe('a')
    expect(names(undefined, 'zzz')).toBe('')
  })
})

describe('kept views', () => {
  it('come back, and what is none does not', () => {
    keepViews('x', { now: { columns: ['a'], filter: 'f' }, views: { mine: { columns: ['b'], filter: '' } } })
    expect(keptViews('x')).toEqual({
      now: { columns: ['a'], filter: 'f' },
      views: { mine: { columns: ['b'], filter: '' } },
    })
    own.write('table/y', '{"now":{"columns":"no"},"views":{"v":1}}')
    expect(keptViews('y').views).toEqual({})
  })
  it.each([false, true])('go with the session, remembered: %s', (remembered) => {
    const logIn = (person: string) =>
      begin(
        {
          token: person,
          expiresAt: '2099-01-01T00:00:00Z',
          account: { id: person, person, role: 'doctor', org: 'h1' },
        },
        remembered,
      )
    const views = { now: { columns: ['name'], filter: '李明' }, views: {} }
    for (const away of [end, () => undefined]) {
      logIn('u1')
      keepViews('x', views)
      expect(keptViews('x')).toEqual(views)
      away()
      logIn('u2')
      expect(keptViews('x')).toEqual({ now: undefined, views: {} })
      expect(JSON.stringify([{ ...localStorage }, { ...sessionStorage }])).not.toContain('李明')
    }
    end()
  })
})
