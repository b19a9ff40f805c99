// The papers of a prescription (处方笺, 审方意见, 调剂记录 …).
import { diagnosisName } from './diagnosis-names'
import { drugIn } from './drug-names'
import { comma, isChinese, t, tMaybe } from './i18n'
import {
  facts,
  joined,
  rows,
  seal,
  texts,
  word,
  type Block,
  type Field,
  type Line,
  type Note,
  type Row,
  type Views,
} from './sheet-parts'
import { counted, formName, frequencyName, routeName, strengthName } from './terms'

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
    [
      word('patient'),
      joined(p.text('name'), p.word('sex'), isChinese.value && said ? said : t('common.age.years', { years })),
    ],
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
    what: joined(
      formName(i.text('form')),
      strengthName(i.text('strength')),
      i.word('class'),
      price && t('document.each', { price }),
    ),
    count: counted(i.text('packages'), i.text('unit')),
    usage,
    notes: i.text('notes'),
    amount: i.money('totalFen'),
  }
}

const rx = (of: Field, title = ''): Block => ({
  is: 'rx',
  title,
  lines: of.get('items').list().map(line),
  total: of.money('totalFen'),
})

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
  return all.length || said.some(Boolean)
    ? [{ is: 'notes', title: all.length ? title : word('basis'), notes: all, said: said.filter(Boolean) }]
    : []
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

export const prescriptionViews: Views = {
  'hospital.rx.issue': (d) => {
    const doctor = d.get('doctor')
    return [
      {
        is: 'facts',
        title: '',
        rows: [
          ...patient(d.get('patient')),
          ...rows([
            [word('department'), department(d)],
            [word('diagnoses'), diagnoses(d.get('diagnoses').list())],
          ]),
        ],
      },
      rx(d),
      ...longTerm(d.get('longTerm')),
      ...notes(word('findings'), d.get('findings'), d.get('basis')),
      ...facts([
        [word('validUntil'), d.term('validUntil')],
        [word('validDays'), d.get('validDays').there ? d.text('validDays') : ''],
        [word('supersedes'), d.text('supersedes')],
      ]),
      seal(
        d,
        joined(doctor.word('title'), doctor.text('licence') && `${word('doctor.licence')} ${doctor.text('licence')}`) ||
          word('doctor'),
      ),
    ]
  },
  'hospital.rx.review': (d) => {
    const passed = d.get('decision').text() === 'approved'
    return [
      {
        is: 'verdict',
        text: d.word('decision'),
        tone: passed ? 'good' : 'bad',
        reasons: d
          .get('reasons')
          .list()
          .map((r) => r.text()),
      },
      ...about(d),
      ...notes(word('seen'), d.get('seen')),
      ...notes(word('new'), d.get('new')),
      seal(d, word('reviewer')),
    ]
  },
  'hospital.rx.claim': (d) => [
    ...facts([[word('until'), d.term('until')]]),
    ...about(d),
    ...notes(word('new'), d.get('new'), d.get('basis')),
    seal(d, word('dispenser')),
  ],
  'hospital.rx.renew': (d) => [...facts([[word('until'), d.term('until')]]), ...about(d), seal(d, word('dispenser'))],
  'hospital.rx.release': (d) => [
    { is: 'verdict', text: word('released.'), tone: 'warn', reasons: texts(d, 'reason') },
    ...about(d),
    seal(d, word('dispenser')),
  ],
  'hospital.rx.contest': (d) => [
    { is: 'verdict', text: word('contested'), tone: 'bad', reasons: [] },
    ...facts([[word('pharmacy'), d.text('pharmacy')]]),
    ...about(d),
    seal(d, word('role=patient')),
  ],
  'hospital.rx.dispense': (d) => {
    const contact = d.get('contact')
    const english = Object.fromEntries(
      d
        .get('about')
        .get('items')
        .list()
        .map((i) => [i.peek('code'), i.peek('nameEn')]),
    )
    const units = Object.fromEntries(
      d
        .get('about')
        .get('items')
        .list()
        .map((i) => [i.peek('code'), i.peek('unit')]),
    )
    return [
      ...about(d),
      {
        is: 'packs',
        title: word('handedOut'),
        packs: d
          .get('items')
          .list()
          .map((i) => {
            i.machine('item')
            return {
              name: `${drugIn(i.peek('code'), i.text('name'), english[i.peek('code')])} (${i.text('code')})`,
              count: counted(i.text('packages'), units[i.peek('code')] ?? ''),
              codes: i
                .get('traceCodes')
                .list()
                .map((c) => c.text()),
            }
          }),
      },
      {
        is: 'checks',
        title: word('checklist'),
        points: [
          'department', 'name', 'age', 'drugName', 'form', 'strength', 'quantity', 'appearance', 'dosageUsage',
          'diagnosis',
        ].map((p) => `${d.get('checklist').flag(p) ? '✓' : '✗'} ${word(`checklist.${p}`)}`),
      },
      ...(contact.there
        ? facts(
            [
              [word('contact.person'), contact.text('person')],
              [word('time'), contact.moment('time')],
              [word('answer'), contact.text('answer')],
            ],
            word('contact'),
          )
        : []),
      ...notes(word('new'), d.get('new'), d.get('basis')),
      seal(d, word('dispenser')),
    ]
  },
  'hospital.rx.cancel': (d) => [
    { is: 'verdict', text: word('cancelled'), tone: 'bad', reasons: texts(d, 'reason') },
    ...about(d),
    seal(d, d.word('role')),
  ],
  'hospital.rx.pay': (d) => [
    ...facts([
      [word('totalFen'), d.money('totalFen')],
      [word('settlement'), d.text('settlement')],
    ]),
    seal(d, word('sealed')),
  ],
  'hospital.rx.lapse': (d) => [...facts([[word('until'), d.term('until')]]), seal(d, word('sealed'))],
  'hospital.rx.expire': (d) => [...facts([[word('validUntil'), d.term('validUntil')]]), seal(d, word('sealed'))],
}
