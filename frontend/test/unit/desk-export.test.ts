// The file of a table holds all there is of what is asked for, and says when that is more than a
// file takes.
import { flushPromises, mount } from '@vue/test-utils'
import { beforeEach, expect, it, vi } from 'vitest'
import { useList, type Slice } from '@/lib/list'
import { alert } from '@/platform/dialog'
import { download } from '../../desk/kit/csv'
import { useAsked, type Asked } from '../../desk/kit/table'

vi.mock('../../desk/kit/csv', async (real) => ({
  ...(await real<typeof import('../../desk/kit/csv')>()),
  download: vi.fn(),
}))
vi.mock('@/platform/dialog', async (real) => ({
  ...(await real<typeof import('@/platform/dialog')>()),
  alert: vi.fn(),
}))
beforeEach(() => void vi.mocked(download).mockClear())

// The desk's words are typed in its own program, which this one is no part of.
const { default: DataTable } = await import('../../desk/kit/data-table.vue' as string)
const columns = [
  { key: 'k', title: 'k', value: (r: string) => r, by: 'k' },
  { key: 'n', title: 'n', value: (r: string) => r.length },
]
const saved = () => vi.mocked(download).mock.calls[0]![1]

it('holds what lies behind the page that is shown, which stays as it is', async () => {
  const list = useList<string>(async (from) => (from ? { items: ['b'] } : { items: ['a'], next: 'more' }))
  await list.refresh()
  const page = mount(DataTable, { props: { name: 'x', title: 'x', columns, list, keyOf: (r: string) => r } })
  await page.get('[data-name=table-csv]').trigger('click')
  void list.refresh() // a list that reads itself anew is no matter to the file
  await vi.waitFor(() => expect(download).toHaveBeenCalledOnce())
  expect(saved()).toBe('\ufeffk,n\r\na,1\r\nb,1\r\n')
  expect(list.items).toEqual(['a'])
  expect(page.find('[data-name=table-cut]').exists()).toBe(false)
})

it('ends at 10,000 rows and says so', async () => {
  const some = Array.from({ length: 6000 }, (_, i) => String(i))
  const list = useList<string>(async (from) => ({ items: from ? some : ['a'], next: 'more' }))
  await list.refresh()
  const page = mount(DataTable, { props: { name: 'x', title: 'x', columns, list, keyOf: (r: string) => r } })
  await page.get('[data-name=table-csv]').trigger('click')
  await vi.waitFor(() => expect(page.find('[data-name=table-cut]').exists()).toBe(true))
  expect(String(saved()).split('\r\n')).toHaveLength(10_002) // its head, and nothing behind the last one
})

it('is not made of half a list', async () => {
  const list = useList<string>(async (from) => {
    if (from) throw new Error('away')
    return { items: ['a'], next: 'more' }
  })
  await list.refresh()
  const page = mount(DataTable, { props: { name: 'x', title: 'x', columns, list, keyOf: (r: string) => r } })
  await page.get('[data-name=table-csv]').trigger('click')
  await vi.waitFor(() => expect(alert).toHaveBeenCalledOnce())
  expect(download).not.toHaveBeenCalled()
})

it('a list of one page is filtered and ordered here, on every column', async () => {
  const { list, ask } = useAsked<string>(async () => ({ items: ['b', 'aa'] }))
  await list.refresh()
  const page = mount(DataTable, {
    props: {
      name: 'one',
      title: 'x',
      columns,
      list,
      keyOf: (r: string) => r,
      asks: { words: { param: 'q', title: 'q' } },
      onAsk: ask,
    },
  })
  await page.get('[data-name=sort-n]').trigger('click')
  await page.get('[data-name=sort-n]').trigger('click')
  expect(page.findAll('[data-row]').map((r) => r.attributes('data-row'))).toEqual(['aa', 'b'])
  await page.get('[data-name=table-filter]').setValue('b')
  expect(page.findAll('[data-row]')).toHaveLength(1)
})

it('the order of one page of many is not offered', async () => {
  const list = useList<string>(async (from) => (from ? { items: ['b'] } : { items: ['c'], next: 'more' }))
  await list.refresh()
  const page = mount(DataTable, { props: { name: 'many', title: 'x', columns, list, keyOf: (r: string) => r } })
  const offered = () => ['sort-k', 'sort-n', 'table-filter'].filter((n) => page.find(`[data-name=${n}]`).exists())
  await flushPromises()
  expect(offered()).toEqual([])
  await list.more()
  await flushPromises()
  expect(offered()).toEqual(['sort-k', 'sort-n', 'table-filter'])
})

it('a file answers one question, whatever is asked while it is read', async () => {
  let go = () => {}
  const held = new Promise<void>((resolve) => (go = resolve))
  const questions: string[] = []
  const { list, ask } = useAsked<string>(async (asked, from): Promise<Slice<string>> => {
    questions.push(`${asked.q ?? ''}/${from ?? ''}`)
    if (from) return { items: ['last'] }
    await held
    return { items: ['first'], next: 'more' }
  })
  const file = list.all(10)
  ask({ q: 'other' })
  go()
  expect(await file).toEqual({ items: ['first', 'last'], whole: true })
  expect(questions).toEqual(['/', 'other/', '/more'])
})

it('a list of more pages is for the server to filter and order, and so is its file', async () => {
  const questions: Asked[] = []
  const { list, ask } = useAsked<string>(async (asked, from): Promise<Slice<string>> => {
    questions.push(asked)
    if (asked.q) return { items: ['found'] }
    return from ? { items: ['z'] } : { items: ['a'], next: 'more' }
  })
  await list.refresh()
  const asks = {
    words: { param: 'q', title: 'login' },
    choices: [{ param: 'role', title: 'role', options: [{ value: 'd', title: 'doctor' }], of: (r: string) => r }],
  }
  const page = mount(DataTable, {
    props: { name: 'asked', title: 'x', columns, list, keyOf: (r: string) => r, asks, onAsk: ask },
  })
  await flushPromises()
  expect(page.find('[data-name=sort-n]').exists()).toBe(false) // the server knows no such order
  await page.get('[data-name=sort-k]').trigger('click')
  await page.get('[data-name=sort-k]').trigger('click')
  await page.get('[data-name=choice-role]').setValue('d')
  await page.get('[data-name=table-filter]').setValue(' Ｆou ')
  await vi.waitFor(() => expect(questions[questions.length - 1]).toEqual({ sort: '-k', q: 'Fou', role: 'd' }))
  await vi.waitFor(() => expect(page.findAll('[data-row]').map((r) => r.attributes('data-row'))).toEqual(['found']))
  await page.get('[data-name=table-csv]').trigger('click')
  await vi.waitFor(() => expect(download).toHaveBeenCalledOnce())
  expect(saved()).toContain('found')
  page.unmount() // another table over the same list begins with everything
  await vi.waitFor(() => expect(questions[questions.length - 1]).toEqual({}))
})
