// A document in words, before it is signed. Every value of it is shown: a member this file does not know appears under
// its own name, so nobody signs what was not on the screen.
import type { JSONValue } from './canonical'
import { t, tMaybe } from './i18n'
import { money } from './money'
import { moment } from './time'

export interface Row {
  label: string
  value: string
}

export interface Section {
  title: string
  rows: Row[]
  /** Numbers for the record rather than for the reader; shown folded. */
  technical?: boolean
}

type Doc = { [name: string]: JSONValue }

const technical = new Set(['schema', 'prescription', 'seq', 'previous', 'person', 'org', 'claim', 'settlement', 'visit', 'policy', 'card', 'supersedes', 'unit', 'licence'])
const moneyNames = new Set(['total', 'ownPay', 'preSelfPay', 'inScope', 'deductible', 'pooled', 'fund', 'account', 'cash', 'hospital', 'amount', 'price'])
const times = new Set(['time', 'validUntil', 'until', 'at', 'insurerAt'])

/** What is read first: for whom, against what, which medicine and how. The rest follows as the document has it, and nothing is left out. */
const first = ['patient', 'diagnoses', 'items', 'decision', 'reasons', 'reason', 'fees', 'split', 'doctor', 'pharmacist', 'longTerm', 'findings', 'basis', 'overrides', 'new', 'contact']
const firstRows = ['name', 'sex', 'age', 'ageText', 'birth', 'weightGrams', 'zh', 'severity', 'reason', 'strength', 'form', 'dose', 'frequency', 'route', 'days', 'packages', 'notes', 'code', 'price', 'quantity', 'priceFen', 'amount', 'totalFen', 'total', 'fund', 'account', 'cash']

/** Those named in the order of the list, then the others in their own. */
function ordered(object: Doc, order: string[]): [string, JSONValue][] {
  const place = (name: string) => (order.includes(name) ? order.indexOf(name) : order.length)
  return Object.entries(object).sort(([a], [b]) => place(a) - place(b))
}

const isObject = (v: JSONValue | undefined): v is Doc => typeof v === 'object' && v !== null && !Array.isArray(v)
const isEmpty = (v: JSONValue) => v === '' || v === null || (Array.isArray(v) && v.length === 0)

function label(parent: string, name: string): string {
  return tMaybe(`document.${parent}.${name}`, tMaybe(`document.${name}`, name))
}

/** A code of a closed set in words, such as the insurance class. */
function coded(name: string, value: string): string {
  return tMaybe(`document.${name}=${value}`, value)
}

function scalar(parent: string, name: string, value: JSONValue): string {
  if (typeof value === 'boolean') return value ? t('document.yes') : t('document.no')
  if (typeof value === 'number') return name.endsWith('Fen') || ((parent === 'split' || parent === 'fees') && (moneyNames.has(name) || name === 'person')) ? money(value) : String(value)
  if (typeof value !== 'string') return JSON.stringify(value)
  if (parent === 'split' && name === 'otherFunds') return value.replace(/=(\d+)/g, (_, fen: string) => ` ${money(Number(fen))}`)
  return times.has(name) && !Number.isNaN(Date.parse(value)) ? moment(value) : coded(name, value)
}

/** {code, name} is one thing, and so are a dose or a number and their unit. */
function pair(object: Doc, name: string): string | undefined {
  const value = object[name]
  if (isObject(value) && typeof value.code === 'string' && typeof value.name === 'string' && Object.keys(value).length === 2) return `${value.name} (${value.code})`
  if (name === 'dose' && typeof object.doseUnit === 'string') return `${String(value)} ${object.doseUnit}`
  if (name === 'packages' && typeof object.unit === 'string') return `${String(value)} ${object.unit}`
  return undefined
}

/** {rule, zh, en} in both languages and with its rule; anything else as it is. */
function said(v: Doc): string {
  const words = typeof v.zh === 'string' && typeof v.en === 'string' && typeof v.rule === 'string' && Object.keys(v).length === 3
  return words ? `${String(v.zh)} / ${String(v.en)} (${String(v.rule)})` : JSON.stringify(v)
}

function rowsOf(parent: string, object: Doc): Row[] {
  const merged = new Set([...('dose' in object ? ['doseUnit'] : []), ...('packages' in object ? ['unit'] : [])])
  const rows: Row[] = []
  for (const [name, value] of ordered(object, firstRows)) {
    if (merged.has(name) || isEmpty(value)) continue
    const one = pair(object, name)
    if (one !== undefined) rows.push({ label: label(parent, name), value: one })
    else if (isObject(value)) rows.push(...rowsOf(name, value))
    else if (Array.isArray(value)) rows.push({ label: label(parent, name), value: value.map((v) => (isObject(v) ? said(v) : scalar(parent, name, v))).join(', ') })
    else rows.push({ label: label(parent, name), value: scalar(parent, name, value) })
  }
  return rows
}

/** The document, section by section; the technical members last. */
export function describe(document: Doc): Section[] {
  const head: Section = { title: titleOf(document), rows: [] }
  const last: Section = { title: t('document.technical'), rows: [], technical: true }
  const sections: Section[] = [head]
  for (const [name, value] of ordered(document, first)) {
    if (isEmpty(value)) continue
    if (technical.has(name)) last.rows.push({ label: label('', name), value: String(value) })
    else if (isObject(value)) sections.push({ title: label('', name), rows: rowsOf(name, value) })
    else if (Array.isArray(value) && value.some(isObject)) {
      value.forEach((v, i) => sections.push({ title: `${label('', name)} ${i + 1}/${value.length}`, rows: isObject(v) ? rowsOf(name, v) : [{ label: '', value: String(v) }] }))
    } else head.rows.push(...rowsOf('', { [name]: value }))
  }
  return [...sections, last].filter((s) => s.rows.length > 0)
}

function titleOf(document: Doc): string {
  return typeof document.schema === 'string' ? tMaybe(`document.schema=${document.schema.replace(/\/\d+$/, '')}`, document.schema) : t('document.payment')
}
