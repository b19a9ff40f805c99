// Views of a table with a name. They are kept at the server and follow their person; who is not
// logged in, or has no workplace here, keeps them in this session.
import { Refused, api } from '@/lib/api'
import { atDesk, session } from '@/lib/session'
import { keepViews, keptViews, type Column, type View } from './table'

export interface Named {
  /** At the server. */
  id?: string
  name: string
  view: View
}

const atServer = () => !!session.value && atDesk.includes(session.value.account.role)

export async function namedViews(table: string): Promise<Named[]> {
  if (!atServer()) return Object.entries(keptViews(table).views).map(([name, view]) => ({ name, view }))
  const there = await viewsOf(table)
  return (await moveIn(table, there)) ? viewsOf(table) : there
}

const viewsOf = async (table: string): Promise<Named[]> =>
  ((await api.get('/v1/desk/views', { query: { table } })).views ?? []).map(({ id, name, view }) => ({
    id,
    name,
    view: {
      columns: view.columns ?? [],
      filter: view.filter,
      ...(view.sort ? { sort: view.sort } : {}),
      ...(view.chosen ? { chosen: view.chosen } : {}),
    },
  }))

/**
 * Views that this session kept before an account had its own (an older release, or a role that had
 * no workplace): they move to the account once, and go from here. One of a name that is there
 * already goes, and so does what the server does not take. Answers whether any moved.
 */
async function moveIn(table: string, there: readonly Named[]): Promise<boolean> {
  const kept = keptViews(table)
  const old = Object.entries(kept.views)
  if (!old.length) return false
  let moved = false
  for (const [name, view] of old.filter(([name]) => !there.some((v) => v.name === name)))
    try {
      await api.post('/v1/desk/views', { body: { table, name, view } })
      moved = true
    } catch (e) {
      if (!(e instanceof Refused) || e.status === 401 || e.status >= 500) throw e // it waits for the next time
    }
  keepViews(table, { ...keptViews(table), views: {} })
  return moved
}

/** One of the same name is written anew. key: of the command. */
export async function saveView(
  table: string,
  name: string,
  { columns, filter, sort, chosen }: View,
  key: string,
): Promise<void> {
  const view = { columns, filter, ...(sort ? { sort } : {}), ...(chosen ? { chosen } : {}) }
  if (atServer()) return void (await api.post('/v1/desk/views', { body: { table, name, view } }, key))
  const kept = keptViews(table)
  keepViews(table, { ...kept, views: { ...kept.views, [name]: JSON.parse(JSON.stringify(view)) as View } })
}

export async function dropView(table: string, of: Named, key: string): Promise<void> {
  if (of.id) return void (await api.delete('/v1/desk/views/{id}', { path: { id: of.id } }, key))
  const kept = keptViews(table)
  keepViews(table, {
    ...kept,
    views: Object.fromEntries(Object.entries(kept.views).filter(([name]) => name !== of.name)),
  })
}

/**
 * A view as this program's table can show it, a copy: another release may have had other columns.
 */
export function shownAs<T>(view: View, columns: readonly Column<T>[]): View {
  const here = view.columns.filter((key) => columns.some((c) => c.key === key))
  return JSON.parse(
    JSON.stringify({ ...view, columns: here.length ? here : columns.filter((c) => !c.extra).map((c) => c.key) }),
  ) as View
}
