// A signed document as the paper it stands for (处方笺, 审方意见, 收费单 …). Every value is read through Field, which notes that it was: what
// no view has read is listed behind it, so that nobody signs what was not on the screen, and a new member can not be forgotten.
import { canonical, type JSONValue } from './canonical'
import { diagnosisName } from './diagnosis-names'
import { isChinese, pick, t, tMaybe } from './i18n'
import { money } from './money'
import { counted, formName, frequencyName, routeName, strengthName } from './terms'
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
class Field {
  constructor(
    private readonly value: JSONValue | undefined,
    private readonly path: string,
    private readonly read: Set<string>,
  ) {}

  get(name: string): Field {
    return new Field(isObject(this.value) ? this.value[name] : undefined, this.path ? `${this.path}.${name}` : name, this.read)
  }

  list(): Field[] {
    return Array.isArray(this.value) ? this.value.map((v, i) => new Field(v, `${this.path}[${i}]`, this.read)) : []
  }

  get there(): boolean {
    return this.value !== undefined && !isEmpty(this.value)
  }

  /** A value of another type than a view asks for is not read by it, so it stands with what no view knows. */
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

const isObject = (v: JSONValue | undefined): v is Doc => typeof v === 'object' && v !== null && !Array.isArray(v)
const isEmpty = (v: JSONValue) => v === '' || v === null || ((Array.isArray(v) || isObject(v)) && Object.keys(v).length === 0)

const rows = (list: [label: string, value: string][]): Row[] => list.filter(([, value]) => value !== '').map(([label, value]) => ({ label, value }))
const word = (name: string) => t(`document.${name}` as 'document.name')
const comma = () => (isChinese.value ? '、' : ', ')
const dot = ' · '
const joined = (...parts: string[]) => parts.filter(Boolean).join(dot)

function diagnoses(list: Field[]): string {
  return list
    .map((d) => {
      const [code, name] = [d.text('code'), d.text('name')]
      const english = isChinese.value ? code : diagnosisName(code)
      return `${english === code ? name : english} (${code})`
    })
    .join(comma())
}

const department = (f: Field) => f.word('department')

function patient(p: Field): Row[] {
  const [years, said, weight] = [p.number('age'), p.text('ageText'), p.number('weightGrams')]
  return rows([
    [word('patient'), joined(p.text('name'), p.word('sex'), isChinese.value && said ? said : t('common.age.years', { years }))],
    [word('birth'), p.text('birth')],
    [word('weight'), weight ? t('common.weight', { kg: String(weight / 1000) }) : ''],
    [word('guardian'), p.text('guardian')],
  ])
}

function line(i: Field): Line {
  const [frequency, route, unit] = [i.get('frequency'), i.get('route'), i.text('doseUnit')]
  const usage = t('common.usage', {
    dose: counted(i.text('dose'), unit),
    frequency: frequencyName(frequency.text('code'), frequency.text('name')),
    route: routeName(route.text('code'), route.text('name')),
    days: i.number('days'),
  })
  const price = i.money('priceFen')
  return {
    name: i.pair('name', 'nameEn'),
    what: joined(formName(i.text('form')), strengthName(i.text('strength')), i.word('class'), price && t('document.each', { price })),
    count: counted(i.text('packages'), i.text('unit')),
    usage,
    notes: i.text('notes'),
    amount: i.money('totalFen'),
  }
}

const rx = (of: Field, title = ''): Block => ({ is: 'rx', title, lines: of.get('items').list().map(line), total: of.money('totalFen') })

const tones = { critical: 'bad', warning: 'warn', info: 'wait' } as const

/** Where a finding points: the medicine's place on the paper. */
function place(field: string): string {
  const found = /^items\[(\d+)\]/.exec(field)
  return found ? t('document.nth', { count: Number(found[1]) + 1 }) : ''
}

function note(f: Field): Note {
  const [severity, rule] = [f.get('severity').text(), f.text('rule')]
  f.machine('key', 'version')
  const what = tMaybe(`document.checked=${rule}`, '')
  const open = f.flag('notChecked')
  return {
    grade: joined(open ? word('notChecked') : '', f.word('severity'), what, place(f.text('field'))),
    tone: tones[severity as keyof typeof tones] ?? 'wait',
    text: f.pair('zh', 'en'),
    reason: f.text('reason'),
    source: f.text('source'),
  }
}

/** What the checks said and what they rest on; nothing when a document has neither. */
function notes(title: string, list: Field, basis?: Field): Block[] {
  const said: string[] = []
  if (basis?.there) {
    said.push(basis.pair('zh', 'en'))
    for (const gap of basis.get('open').list()) {
      gap.machine('rule')
      said.push(gap.pair('zh', 'en'))
    }
  }
  const all = list.list().map(note)
  return all.length || said.some(Boolean) ? [{ is: 'notes', title: all.length ? title : word('basis'), notes: all, said: said.filter(Boolean) }] : []
}

function longTerm(l: Field): Block[] {
  const agreed = l.flag('patientAgreed')
  const list = rows([
    [word('reason'), l.text('reason')],
    [word('assessment'), l.text('assessment')],
    [word('patientAgreed'), agreed ? word('yes') : ''],
  ])
  return list.length ? [{ is: 'facts', title: word('longTerm'), rows: list }] : []
}

const facts = (list: [string, string][], title = ''): Block[] => {
  const filled = rows(list)
  return filled.length ? [{ is: 'facts', title, rows: filled }] : []
}

/** Who signs, for whom, when: the foot of every paper. */
function seal(d: Field, role: string): Block {
  return { is: 'seal', who: d.text('name'), role, org: d.text('orgName'), at: d.moment('time') }
}

/** The prescription that a later step is about. */
function about(d: Field): Block[] {
  const a = d.get('about')
  if (!a.there) return []
  const doctor = a.get('doctor')
  return [
    {
      is: 'facts',
      title: word('about'),
      rows: [
        ...patient(a.get('patient')),
        ...rows([
          [word('diagnoses'), diagnoses(a.get('diagnoses').list())],
          [word('doctor'), joined(doctor.text('name'), doctor.word('title'), department(a))],
          [word('doctor.licence'), doctor.text('licence')],
          [word('hospital'), a.text('hospital')],
          [word('issued'), a.moment('issued')],
          [word('validUntil'), a.term('validUntil')],
        ]),
      ],
    },
    rx(a),
  ]
}

const views: Record<string, (d: Field) => Block[]> = {
  'hospital.rx.issue': (d) => {
    const doctor = d.get('doctor')
    return [
      {
        is: 'facts',
        title: '',
        rows: [...patient(d.get('patient')), ...rows([[word('department'), department(d)], [word('diagnoses'), diagnoses(d.get('diagnoses').list())]])],
      },
      rx(d),
      ...longTerm(d.get('longTerm')),
      ...notes(word('findings'), d.get('findings'), d.get('basis')),
      ...facts([[word('validUntil'), d.term('validUntil')], [word('validDays'), d.get('validDays').there ? d.text('validDays') : ''], [word('supersedes'), d.text('supersedes')]]),
      seal(d, joined(doctor.word('title'), doctor.text('licence') && `${word('doctor.licence')} ${doctor.text('licence')}`) || word('doctor')),
    ]
  },
  'hospital.rx.review': (d) => {
    const passed = d.get('decision').text() === 'approved'
    return [
      { is: 'verdict', text: d.word('decision'), tone: passed ? 'good' : 'bad', reasons: d.get('reasons').list().map((r) => r.text()) },
      ...about(d),
      ...notes(word('seen'), d.get('seen')),
      ...notes(word('new'), d.get('new')),
      seal(d, word('reviewer')),
    ]
  },
  'hospital.rx.claim': (d) => [...facts([[word('until'), d.term('until')]]), ...about(d), ...notes(word('new'), d.get('new'), d.get('basis')), seal(d, word('dispenser'))],
  'hospital.rx.renew': (d) => [...facts([[word('until'), d.term('until')]]), ...about(d), seal(d, word('dispenser'))],
  'hospital.rx.release': (d) => [{ is: 'verdict', text: word('released.'), tone: 'warn', reasons: texts(d, 'reason') }, ...about(d), seal(d, word('dispenser'))],
  'hospital.rx.contest': (d) => [
    { is: 'verdict', text: word('contested'), tone: 'bad', reasons: [] },
    ...facts([[word('pharmacy'), d.text('pharmacy')]]),
    ...about(d),
    seal(d, word('role=patient')),
  ],
  'hospital.rx.dispense': (d) => {
    const contact = d.get('contact')
    const units = Object.fromEntries(d.get('about').get('items').list().map((i) => [i.peek('code'), i.peek('unit')]))
    return [
      ...about(d),
      {
        is: 'packs',
        title: word('handedOut'),
        packs: d.get('items').list().map((i) => {
          i.machine('item')
          return { name: `${i.text('name')} (${i.text('code')})`, count: counted(i.text('packages'), units[i.peek('code')] ?? ''), codes: i.get('traceCodes').list().map((c) => c.text()) }
        }),
      },
      { is: 'checks', title: word('checklist'), points: ['department', 'name', 'age', 'drugName', 'form', 'strength', 'quantity', 'appearance', 'dosageUsage', 'diagnosis'].map((p) => `${d.get('checklist').flag(p) ? '✓' : '✗'} ${word(`checklist.${p}`)}`) },
      ...(contact.there ? facts([[word('contact.person'), contact.text('person')], [word('time'), contact.moment('time')], [word('answer'), contact.text('answer')]], word('contact')) : []),
      ...notes(word('new'), d.get('new'), d.get('basis')),
      seal(d, word('dispenser')),
    ]
  },
  'hospital.rx.cancel': (d) => [{ is: 'verdict', text: word('cancelled'), tone: 'bad', reasons: texts(d, 'reason') }, ...about(d), seal(d, d.word('role'))],
  'hospital.rx.pay': (d) => [...facts([[word('totalFen'), d.money('totalFen')], [word('settlement'), d.text('settlement')]]), seal(d, word('sealed'))],
  'hospital.rx.lapse': (d) => [...facts([[word('until'), d.term('until')]]), seal(d, word('sealed'))],
  'hospital.rx.expire': (d) => [...facts([[word('validUntil'), d.term('validUntil')]]), seal(d, word('sealed'))],
  // The patient's authorisation of a payment, which has no schema's name.
  '': (d) => {
    const split = d.get('split')
    d.machine('title', 'unit')
    const part = (name: string): [string, string] => [tMaybe(`document.split.${name}`, word(name)), split.number(name) ? split.money(name) : '']
    const other = split.text('otherFunds').split(' ').filter(Boolean).map((x): [string, string] => {
      const [code = '', fen = ''] = x.split('=')
      return [tMaybe(`document.fund=${code}`, word('otherFunds')), money(Number(fen))]
    })
    const lines = d.get('fees').list().map((f): Line => ({
      name: f.text('name'),
      what: joined(f.word('class'), t('document.each', { price: f.money('price') })),
      count: `× ${f.text('quantity')}`,
      usage: '',
      notes: '',
      amount: f.money('amount'),
    }))
    return [
      { is: 'bill', lines, total: split.money('total'), sums: rows([part('pooled'), ...other, part('person'), part('hospital'), part('inScope'), part('preSelfPay'), part('deductible'), part('ownPay')]), split: { fund: split.number('fund'), account: split.number('account'), cash: split.number('cash') } },
      ...facts([[word('insutype'), d.word('insutype')], [word('prescription'), d.text('prescription')], [word('time'), d.moment('at')]]),
    ]
  },
}

function texts(d: Field, name: string): string[] {
  const value = d.text(name)
  return value ? [value] : []
}

/** What is for the record: numbers and ids. Anything else that a view does not know is shown on the sheet. */
const RECORD = new Set(['schema', 'prescription', 'seq', 'previous', 'person', 'org', 'claim', 'settlement', 'visit', 'policy', 'card', 'licence', 'code', 'pickup', 'basis', 'validDays', 'orgName', 'name', 'split'])
const fen = new Set(['total', 'ownPay', 'preSelfPay', 'inScope', 'deductible', 'pooled', 'fund', 'account', 'cash', 'hospital', 'amount', 'price'])
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
  if (typeof value === 'number') return name.endsWith('Fen') || ((parent === 'split' || parent === 'fees') && (fen.has(name) || name === 'person')) ? money(value) : String(value)
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
  if (Array.isArray(value)) return value.flatMap((v, i) => leavesOf(v, `${path}[${i}]`, names, value.length > 1 ? [...labels.slice(0, -1), `${labels[labels.length - 1] ?? ''} ${i + 1}`] : labels))
  if (isObject(value)) return Object.entries(value).flatMap(([name, v]) => leavesOf(v, path ? `${path}.${name}` : name, [...names, name], [...labels, labelled(names[names.length - 1] ?? '', name)]))
  const [parent = '', name = ''] = names.length > 1 ? names.slice(-2) : ['', names[0]]
  return [{ path, top: names.length > 1 && RECORD.has(name) ? name : (names[0] ?? ''), label: labels.join(dot), value: said(parent, name, value) }]
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
  if (open.length) blocks.splice(blocks.length && blocks[blocks.length - 1]!.is === 'seal' ? blocks.length - 1 : blocks.length, 0, { is: 'facts', title: view ? word('other') : '', rows: open.map(row) })
  return {
    title: schema ? tMaybe(`document.schema=${schema}`, schema) : t('document.payment'),
    house: typeof document.orgName === 'string' ? document.orgName : '',
    blocks,
    record: blocks.length && open.length !== rest.length ? rest.filter((l) => !open.includes(l)).map(row) : [],
    text: canonical(document),
  }
}
