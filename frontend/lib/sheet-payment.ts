// The bill that a patient signs when paying (收费单).
import { drugIn } from './drug-names'
import { t, tMaybe } from './i18n'
import { money } from './money'
import { facts, joined, rows, word, type Block, type Field, type Line, type Views } from './sheet-parts'

function authorisation(d: Field): Block[] {
  const split = d.get('split')
  d.machine('title', 'unit')
  const part = (name: string): [string, string] => [
    tMaybe(`document.split.${name}`, word(name)),
    split.number(name) ? split.money(name) : '',
  ]
  const other = split.text('otherFunds').split(' ').filter(Boolean).map((x): [string, string] => {
    const [code = '', fen = ''] = x.split('=')
    return [tMaybe(`document.fund=${code}`, word('otherFunds')), money(Number(fen))]
  })
  const lines = d.get('fees').list().map((f): Line => ({
    name: drugIn(f.peek('code'), f.text('name')),
    what: joined(f.word('class'), t('document.each', { price: f.money('price') })),
    count: `× ${f.text('quantity')}`,
    usage: '',
    notes: '',
    amount: f.money('amount'),
  }))
  return [
    {
      is: 'bill',
      lines,
      total: split.money('total'),
      sums: rows([
        part('pooled'),
        ...other,
        part('person'),
        part('hospital'),
        part('inScope'),
        part('preSelfPay'),
        part('deductible'),
        part('ownPay'),
      ]),
      split: { fund: split.number('fund'), account: split.number('account'), cash: split.number('cash') },
    },
    ...facts([
      [word('insutype'), d.word('insutype')],
      [word('prescription'), d.text('prescription')],
      [word('time'), d.moment('at')],
    ]),
  ]
}

export const paymentViews: Views = {
  // its form without a schema's name
  '': authorisation,
}
