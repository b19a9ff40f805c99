// Views with a name: at the server for who works here, in this session for everybody else; and what
// the server knows of the desk's tables.
import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { flushPromises, mount } from '@vue/test-utils'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { Offline, Refused, api } from '@/lib/api'
import { useList } from '@/lib/list'
import { begin, end, own, type Role } from '@/lib/session'
import { choose } from '@/platform/dialog'
import { dropView, namedViews, saveView, shownAs } from '../../desk/kit/views'
import type { Column } from '../../desk/kit/table'

vi.mock('@/platform/dialog', async (real) => ({
  ...(await real<typeof import('@/platform/dialog')>()),
  alert: vi.fn(),
  choose: vi.fn(),
}))
// The desk's words are typed in its own program, which this one is no part of.
const { default: DataTable } = await import('../../desk/kit/data-table.vue' as string)

const logIn = (role: Role) =>
  begin({ token: role, expiresAt: '2099-01-01T00:00:00Z', account: { id: role, person: role, role, org: 'h1' } })
const view = {
  columns: ['login', 'role'],
  filter: '李明',
  sort: { key: 'login', down: true },
  chosen: { role: 'doctor' },
}
afterEach(() => (end(), void vi.restoreAllMocks()))

it('follow their person: nothing of them stays on the device', async () => {
  logIn('admin')
  const post = vi.spyOn(api, 'post').mockResolvedValue({} as never)
  const gone = vi.spyOn(api, 'delete').mockResolvedValue(undefined as never)
  vi.spyOn(api, 'get').mockResolvedValue({ views: [{ id: 'W1', table: 'accounts', name: '一', view }] } as never)
  await saveView('accounts', '一', view, 'key-1')
  expect(post).toHaveBeenCalledWith('/v1/desk/views', { body: { table: 'accounts', name: '一', view } }, 'key-1')
  expect(JSON.stringify([{ ...localStorage }, { ...sessionStorage }])).not.toContain('李明')
  expect(await namedViews('accounts')).toEqual([{ id: 'W1', name: '一', view }])
  await dropView('accounts', { id: 'W1', name: '一', view }, 'key-2')
  expect(gone).toHaveBeenCalledWith('/v1/desk/views/{id}', { path: { id: 'W1' } }, 'key-2')
})

it.each([undefined, 'patient'] as const)('stay in the session of %s', async (role) => {
  if (role) logIn(role)
  const asked = vi.spyOn(api, 'get')
  await saveView('blocks', '一', view, '')
  await saveView('blocks', '二', view, '')
  await dropView('blocks', { name: '一', view }, '')
  expect(await namedViews('blocks')).toEqual([{ name: '二', view }])
  expect(asked).not.toHaveBeenCalled()
  own.remove('table/blocks')
})

describe('that a session kept before they followed the account', () => {
  const before = () =>
    own.write(
      'table/accounts',
      JSON.stringify({ now: view, views: { 一: view, 二: { columns: ['gone'], filter: '' }, 三: view } }),
    )
  const left = () => JSON.parse(own.read('table/accounts')) as object

  it('move to it once, and leave no ghost', async () => {
    logIn('admin')
    before()
    const there = [{ id: 'W1', table: 'accounts', name: '一', view: { columns: ['role'], filter: '' } }]
    vi.spyOn(api, 'get').mockImplementation((async () => ({ views: [...there] })) as never)
    const post = vi.spyOn(api, 'post').mockImplementation((async (
      _: string,
      { body }: { body: { name: string; view: typeof view } },
    ) => {
      // A column that this release has not.
      if (body.name === '二') throw new Refused(422, 'invalid-input', '', [], 0, '')
      there.push({ id: 'W3', table: 'accounts', name: body.name, view: body.view })
    }) as never)
    expect((await namedViews('accounts')).map((v) => [v.name, v.view.columns])).toEqual([
      ['一', ['role']],
      ['三', ['login', 'role']],
    ])
    expect(post.mock.calls.map(([, args]) => (args as { body: { name: string } }).body.name)).toEqual(['二', '三'])
    expect(left()).toEqual({ now: view, views: {} })
    await namedViews('accounts')
    expect(post).toHaveBeenCalledTimes(2)
  })

  it('wait while the server is away', async () => {
    logIn('admin')
    before()
    vi.spyOn(api, 'get').mockResolvedValue({ views: [] } as never)
    vi.spyOn(api, 'post').mockRejectedValue(new Offline())
    await expect(namedViews('accounts')).rejects.toThrow()
    expect(Object.keys((left() as { views: object }).views)).toEqual(['一', '二', '三'])
  })
})

it('are shown with the columns that there are', () => {
  const columns: Column<string>[] = ['login', 'name', 'hash'].map((key) => ({
    key,
    title: key,
    value: (r) => r,
    extra: key === 'hash',
  }))
  expect(shownAs(view, columns)).toEqual({ ...view, columns: ['login'] })
  expect(shownAs({ columns: ['gone'], filter: '' }, columns).columns).toEqual(['login', 'name'])
})

it('are chosen, and thrown away, from the table', async () => {
  logIn('admin')
  vi.spyOn(api, 'get').mockResolvedValue({
    views: [{ id: 'W1', table: 'x', name: '一', view: { columns: ['k'], filter: 'b' } }],
  } as never)
  const gone = vi.spyOn(api, 'delete').mockResolvedValue(undefined as never)
  const list = useList<string>(async () => ({ items: ['a', 'b'] }))
  await list.refresh()
  const page = mount(DataTable, {
    props: {
      name: 'x',
      title: 'x',
      columns: [{ key: 'k', title: 'k', value: (r: string) => r }],
      list,
      keyOf: (r: string) => r,
    },
  })
  expect(page.findAll('[data-row]')).toHaveLength(2)
  vi.mocked(choose).mockResolvedValueOnce(1)
  await page.get('[data-name=table-views]').trigger('click')
  await flushPromises()
  expect(page.findAll('[data-row]')).toHaveLength(1)
  vi.mocked(choose).mockResolvedValueOnce(3).mockResolvedValueOnce(0)
  await page.get('[data-name=table-views]').trigger('click')
  await flushPromises()
  expect(gone).toHaveBeenCalledOnce()
})

describe('the server knows', () => {
  const desk = join(process.cwd(), 'desk')
  const known = JSON.parse(readFileSync(join(process.cwd(), '../app/views/tables.json'), 'utf8')) as Record<
    string,
    { columns: string[]; choices: string[] }
  >
  const pages = readdirSync(desk, { recursive: true, encoding: 'utf8' })
    .filter((f) => f.endsWith('.vue'))
    .map((f) => readFileSync(join(desk, f), 'utf8'))
  const tables = pages.flatMap((text) =>
    [...text.matchAll(/<data-table[^>]*?\sname="([\w-]+)"[^>]*?:columns="(\w+)"/g)].map(
      (m) => [m[1]!, m[2]!, text] as const,
    ),
  )
  it('all tables of the desk', () => expect(tables.map(([name]) => name).filter((name) => !known[name])).toEqual([]))
  it.each(tables)('the columns of %s', (name, columns, text) => {
    const body =
      new RegExp(`const ${columns} = computed<Column<.*?>\\[\\]>\\(\\(\\) => \\[(.*?)\\n\\]\\)`, 's').exec(text)?.[1] ??
      ''
    const keys = [...body.matchAll(/\{\s*key: '(\w+)'/g)].map((m) => m[1]!)
    expect(keys.length).toBeGreaterThan(0)
    expect(keys.filter((key) => !known[name]?.columns.includes(key))).toEqual([])
  })
})
