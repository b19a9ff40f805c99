// A signed document as the paper it stands for. Every room has the views of its documents in a file
// of its own; what all of them are made of is sheet-parts.ts.
import { canonical, type JSONValue } from './canonical'
import { t, tMaybe } from './i18n'
import { money } from './money'
import { Field, dot, isEmpty, isObject, word, type Doc, type Row, type Sheet, type Views } from './sheet-parts'
import { paymentViews } from './sheet-payment'
import { prescriptionViews } from './sheet-prescription'
import { moment } from './time'

export type { Block, Doc, Line, Note, Row, Sheet } from './sheet-parts'

const views: Views = { ...prescriptionViews, ...paymentViews }

/**
 * What is for the record: numbers and ids. Anything else that a view does not know is shown on the
 * sheet.
 */
const RECORD = new Set([
  'schema', 'prescription', 'seq', 'previous', 'person', 'org', 'claim', 'settlement', 'visit', 'policy', 'card',
  'licence', 'code', 'pickup', 'basis', 'validDays', 'orgName', 'name', 'split',
])
const fen = new Set([
  'total', 'ownPay', 'preSelfPay', 'inScope', 'deductible', 'pooled', 'fund', 'account', 'cash', 'hospital', 'amount',
  'price',
])
const times = new Set(['time', 'validUntil', 'until', 'at', 'issued'])

interface Leaf {
  path: string
  top: string
  label: string
  value: string
}

function labelled(parent: string, name: string): string {
  return tMaybe(`document.${parent}.${name}`, tMaybe(`document.${name}`, name))
}

function said(parent: string, name: string, value: JSONValue): string {
  if (typeof value === 'boolean') return word(value ? 'yes' : 'no')
  if (typeof value === 'number')
    return name.endsWith('Fen') || ((parent === 'split' || parent === 'fees') && (fen.has(name) || name === 'person'))
      ? money(value)
      : String(value)
  if (name === 'schema') return schemaWords(String(value))
  if (times.has(name) && !Number.isNaN(Date.parse(String(value)))) return moment(String(value))
  return tMaybe(`document.${name}=${String(value)}`, String(value))
}

function schemaWords(schema: string): string {
  const [name = '', version = ''] = schema.split('/')
  return t('document.version.of', { name: tMaybe(`document.schema=${name}`, name), version })
}

/** Every value of a document that says something, with the words of its way. */
function leavesOf(value: JSONValue, path = '', names: string[] = [], labels: string[] = []): Leaf[] {
  if (isEmpty(value)) return []
  if (Array.isArray(value))
    return value.flatMap((v, i) =>
      leavesOf(
        v,
        `${path}[${i}]`,
        names,
        value.length > 1 ? [...labels.slice(0, -1), `${labels[labels.length - 1] ?? ''} ${i + 1}`] : labels,
      ),
    )
  if (isObject(value))
    return Object.entries(value).flatMap(([name, v]) =>
      leavesOf(
        v,
        path ? `${path}.${name}` : name,
        [...names, name],
        [...labels, labelled(names[names.length - 1] ?? '', name)],
      ),
    )
  const [parent = '', name = ''] = names.length > 1 ? names.slice(-2) : ['', names[0]]
  return [
    {
      path,
      top: names.length > 1 && RECORD.has(name) ? name : (names[0] ?? ''),
      label: labels.join(dot),
      value: said(parent, name, value),
    },
  ]
}

const row = ({ label, value }: Row): Row => ({ label, value })

/** The document as its paper. */
export function sheetOf(document: Doc): Sheet {
  const schema = typeof document.schema === 'string' ? document.schema.replace(/\/\d+$/, '') : ''
  const read = new Set<string>()
  const root = new Field(document, '', read)
  const view = views[schema]
  const blocks = view && (schema || isObject(document.split)) ? view(root) : []
  const rest = leavesOf(document).filter((l) => !read.has(l.path))
  const open = rest.filter((l) => !blocks.length || !RECORD.has(l.top))
  if (open.length)
    blocks.splice(blocks.length && blocks[blocks.length - 1]!.is === 'seal' ? blocks.length - 1 : blocks.length, 0, {
      is: 'facts',
      title: view ? word('other') : '',
      rows: open.map(row),
    })
  return {
    title: schema ? tMaybe(`document.schema=${schema}`, schema) : t('document.payment'),
    house: typeof document.orgName === 'string' ? document.orgName : '',
    blocks,
    record: blocks.length && open.length !== rest.length ? rest.filter((l) => !open.includes(l)).map(row) : [],
    text: canonical(document),
  }
}
