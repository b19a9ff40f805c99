// What the papers of all rooms are made of: the blocks of a sheet, and the reading of a document's
// values. Every value is read through Field, which notes that it was: what no view has read is
// listed behind the paper, so that nobody signs what was not on the screen.
import type { JSONValue } from './canonical'
import { pick, t, tMaybe } from './i18n'
import { money } from './money'
import { before, moment } from './time'

export type Doc = { [name: string]: JSONValue }

export interface Row {
  label: string
  value: string
}

export interface Line {
  name: string
  /** Form and strength, class, price. */
  what: string
  count: string
  usage: string
  notes: string
  amount: string
}

export interface Note {
  grade: string
  tone: 'bad' | 'warn' | 'wait'
  text: string
  /** Why it goes on all the same. */
  reason: string
  source: string
}

export type Block =
  | { is: 'verdict'; text: string; tone: 'good' | 'bad' | 'warn'; reasons: string[] }
  | { is: 'facts'; title: string; rows: Row[] }
  | { is: 'rx'; title: string; lines: Line[]; total: string }
  | { is: 'notes'; title: string; notes: Note[]; said: string[] }
  | { is: 'bill'; lines: Line[]; total: string; sums: Row[]; split: { fund: number; account: number; cash: number } }
  | { is: 'checks'; title: string; points: string[] }
  | { is: 'packs'; title: string; packs: { name: string; count: string; codes: string[] }[] }
  | { is: 'seal'; who: string; role: string; org: string; at: string }

export interface Sheet {
  title: string
  /** The house whose paper it is. */
  house: string
  blocks: Block[]
  /** What is for the record rather than for the reader. */
  record: Row[]
  /** The very text that is signed. */
  text: string
}

/** One value of a document, and the note that it was read. */
export class Field {
  constructor(
    private readonly value: JSONValue | undefined,
    private readonly path: string,
    private readonly read: Set<string>,
  ) {}

  get(name: string): Field {
    return new Field(
      isObject(this.value) ? this.value[name] : undefined,
      this.path ? `${this.path}.${name}` : name,
      this.read,
    )
  }

  list(): Field[] {
    return Array.isArray(this.value) ? this.value.map((v, i) => new Field(v, `${this.path}[${i}]`, this.read)) : []
  }

  get there(): boolean {
    return this.value !== undefined && !isEmpty(this.value)
  }

  /**
   * A value of another type than a view asks for is not read by it, so it stands with what no view
   * knows.
   */
  private seen<T>(value: T): T {
    this.read.add(this.path)
    return value
  }

  text(name?: string): string {
    if (name !== undefined) return this.get(name).text()
    return typeof this.value === 'string' || typeof this.value === 'number' ? String(this.seen(this.value)) : ''
  }

  number(name: string): number {
    const v = this.get(name)
    return typeof v.value === 'number' ? v.seen(v.value) : 0
  }

  flag(name: string): boolean {
    const v = this.get(name)
    return typeof v.value === 'boolean' && v.seen(v.value)
  }

  /** A word of a closed set. */
  word(name: string): string {
    const value = this.text(name)
    return value && tMaybe(`document.${name}=${value}`, value)
  }

  money(name: string): string {
    return this.get(name).there ? money(this.number(name)) : ''
  }

  moment(name: string): string {
    const value = this.text(name)
    return Number.isNaN(Date.parse(value)) ? value : moment(value)
  }

  /** The end of a term. */
  term(name: string): string {
    const value = this.text(name)
    return Number.isNaN(Date.parse(value)) ? value : before(value)
  }

  /** Of two languages the reader's. */
  pair(zh: string, en: string): string {
    return pick(this.text(zh), this.text(en))
  }

  /** A value that is not shown by this. */
  peek(name: string): string {
    const value = isObject(this.value) ? this.value[name] : undefined
    return typeof value === 'string' ? value : ''
  }

  /** For the machine alone: the signed text has it. */
  machine(...names: string[]): void {
    for (const name of names) this.text(name)
  }
}

export const isObject = (v: JSONValue | undefined): v is Doc => typeof v === 'object' && v !== null && !Array.isArray(v)
export const isEmpty = (v: JSONValue) =>
  v === '' || v === null || ((Array.isArray(v) || isObject(v)) && Object.keys(v).length === 0)

export const rows = (list: [label: string, value: string][]): Row[] =>
  list.filter(([, value]) => value !== '').map(([label, value]) => ({ label, value }))
export const word = (name: string) => t(`document.${name}` as 'document.name')
export const dot = ' · '
export const joined = (...parts: string[]) => parts.filter(Boolean).join(dot)

export const facts = (list: [string, string][], title = ''): Block[] => {
  const filled = rows(list)
  return filled.length ? [{ is: 'facts', title, rows: filled }] : []
}

/** Who signs, for whom, when: the foot of every paper. */
export function seal(d: Field, role: string): Block {
  return { is: 'seal', who: d.text('name'), role, org: d.text('orgName'), at: d.moment('time') }
}

/** A reason, where there is one. */
export function texts(d: Field, name: string): string[] {
  const value = d.text(name)
  return value ? [value] : []
}

/**
 * The papers of a room: by the schema of the document, without its version, the blocks of its
 * sheet.
 */
export type Views = Record<string, (d: Field) => Block[]>
