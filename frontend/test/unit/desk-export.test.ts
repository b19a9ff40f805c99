// The file of a table holds all there is, also when the list reads itself anew while it is made.
import { flushPromises, mount } from '@vue/test-utils'
import { expect, it, vi } from 'vitest'
import { useList, type Slice } from '@/lib/list'
import { download } from '../../desk/kit/csv'

vi.mock('../../desk/kit/csv', async (real) => ({ ...(await real<typeof import('../../desk/kit/csv')>()), download: vi.fn() }))

// The desk's words are typed in its own program, which this one is no part of.
const { default: DataTable } = await import('../../desk/kit/data-table.vue' as string)

it('waits for a list that began anew', async () => {
  const waiting: { from?: string; come: (s: Slice<string>) => void }[] = []
  const list = useList<string>((from) => new Promise((come) => waiting.push({ from, come })))
  const answer = async (from?: string) => {
    await vi.waitFor(() => expect(waiting.map((w) => w.from)).toContain(from))
    const [asked] = waiting.splice(waiting.findIndex((w) => w.from === from), 1)
    asked!.come(from ? { items: ['b'] } : { items: ['a'], next: 'more' })
    await flushPromises()
  }
  void list.refresh()
  await answer()
  const page = mount(DataTable, { props: { name: 'x', title: 'x', columns: [{ key: 'k', title: 'k', value: (r: string) => r }], list, keyOf: (r: string) => r } })
  await page.get('[data-name=table-csv]').trigger('click')
  await vi.waitFor(() => expect(waiting).toHaveLength(1))
  void list.refresh()
  await answer('more') // nobody waits for it any more
  expect(download).not.toHaveBeenCalled()
  await answer()
  await answer('more')
  await vi.waitFor(() => expect(download).toHaveBeenCalledOnce())
  expect(vi.mocked(download).mock.calls[0]![1]).toBe('\ufeffk\r\na\r\nb\r\n')
})
