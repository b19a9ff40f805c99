// Every page of app.json drawn for somebody who may see it, with what the server has to say: a
// Chinese title, its main content, nothing undefined, no handler that is missing, and a pull-down
// that ends.
import { patient } from './taps.mjs'

const KEYWORD =
  /\b(?:patient|doctor|reviewer|pharmacy|regulator|admin|chat|common|document|sign|key|me|login|tab|role|status|split|title|problem|gallery|notice)\.[a-z][\w.-]*/

/** page → [whose phone, query, what must be there: a data-name, or words in Chinese]. */
const table = (is) => ({
  'pages/login/login': ['nobody', '', 'wechat'],
  'pages/home/home': ['payer', '', `rx-${is.unpaid}`],
  'pages/me/me': ['patient', '', 'logout'],
  'pages/password/password': ['doctor', '', '密码'],
  'pages/key/key': ['patient', '', 'key-ready'],
  'pages/doctors/doctors': ['patient', '', 'doctor-*'],
  'pages/request/request': ['patient', `doctor=${is.doctor}`, '李明德'],
  'pages/triage/triage': ['patient', '', 'complaint'],
  'pages/doctor/doctor': ['patient', `person=${is.doctor}`, 'ask'],
  'pages/search/search': ['patient', '', 'search-all'],
  'pages/drug/drug': ['patient', 'code=D0135', 'leaflet'],
  'pages/visits/visits': ['patient', '', `visit-${is.visit}`],
  'pages/chat/chat': ['patient', `id=${is.visit}`, 'message'],
  'pages/rxs/rxs': ['patient', '', `rx-${is.rx}`],
  'pages/rx/rx': ['patient', `id=${is.rx}`, 'drug'],
  'pages/pay/pay': ['payer', `id=${is.unpaid}`, 'total'],
  'pages/pickup/pickup': ['patient', `id=${is.rx}`, 'dispensed'],
  'pages/transfer/transfer': ['patient', '', 'none-kept'],
  'pages/cancel/cancel': ['payer', `id=${is.unpaid}`, 'cancel-next'],
  'pages/medicine/medicine': ['patient', `id=${is.rx}`, 'how-to'],
  'pages/profile/profile': ['patient', '', 'real-name'],
  'pages/access/access': ['patient', `id=${is.rx}`, 'access'],
  'pages/missing/missing': ['patient', '', 'go-home'],
  'pkg-gallery/gallery/gallery': ['patient', '', 'open-sheet'],
  'pkg-doctor/home/home': ['doctor', '', 'enter'],
  'pkg-doctor/visit/visit': ['doctor', `id=${is.visit}`, 'prescribe'],
  'pkg-doctor/note/note': ['doctor', `id=${is.visit}`, 'save-note'],
  'pkg-doctor/prescribe/prescribe': ['doctor', `visit=${is.visit}`, 'drug-search'],
  'pkg-doctor/issue/issue': ['doctor', `id=${is.draft}`, 'sign'],
  'pkg-doctor/hours/hours': ['doctor', '', 'add-session'],
  'pkg-doctor/about/about': ['doctor', '', 'save-about'],
  'pkg-doctor/rxs/rxs': ['doctor', '', 'rx-dispensed'],
  'pkg-doctor/rx/rx': ['doctor', `id=${is.rx}`, '苯磺酸氨氯地平片'],
  'pkg-inbox/handover/handover': ['doctor', '', 'handover-open'],
  'pkg-family/family/family': ['patient', '', 'invite'],
  'pkg-inbox/inbox/inbox': ['patient', '', 'notice-*'],
  'pkg-card/card/card': ['patient', '', 'id-code'],
  'pkg-paper/paper/paper': ['nobody', 'of=privacy', 'paper-privacy'],
  'pkg-paper/consent/consent': ['patient', '', 'consent-given'],
  'pkg-paper/closing/closing': ['patient', '', 'deletes'],
  'pkg-reviewer/home/home': ['reviewer', '', 'side-done'],
  'pkg-reviewer/review/review': ['reviewer', `id=${is.rx}`, '苯磺酸氨氯地平片'],
  'pkg-pharmacy/home/home': ['dispenser', '', '郭志强'],
  'pkg-pharmacy/rx/rx': ['dispenser', `id=${is.rx}`, 'record'],
  'pkg-pharmacy/bring/bring': ['dispenser', '', 'bring'],
  'pkg-pharmacy/stock/stock': ['dispenser', '', '片'],
  'pkg-regulator/home/home': ['regulator', '', 'chain-ready'],
  'pkg-regulator/members/members': ['nobody', '', 'member-h1'],
  'pkg-regulator/member/member': ['nobody', 'id=h1', 'seal-share'],
  'pkg-regulator/alarms/alarms': ['nobody', '', 'no-alarms'],
  // A hospital's server has none; e2e/consortium.mjs has a regulator's node.
  'pkg-regulator/findings/findings': ['nobody', '', 'no-oversight'],
  'pkg-regulator/finding/finding': ['nobody', 'id=five-drugs:rx:RX1', 'no-oversight'],
  'pkg-regulator/blocks/blocks': ['nobody', '', 'block-*'],
  'pkg-regulator/block/block': ['nobody', `height=${is.height}`, 'record-*'],
  'pkg-regulator/record/record': ['nobody', `id=${is.record}`, 'check-receipt'],
  'pkg-regulator/subject/subject': ['nobody', `id=rx:${is.rx}`, 'status-dispensed'],
  'pkg-regulator/live/live': ['nobody', '', 'record-*'],
  'pkg-regulator/verify/verify': ['regulator', '', 'receipt'],
  'pkg-admin/home/home': ['admin', '', 'state-approved'],
  'pkg-admin/person/person': ['admin', `person=${is.doctor}`, 'is-approved'],
  'pkg-admin/health/health': ['admin', '', '联盟链'],
  'pkg-admin/books/books': ['admin', '', 'books-*'],
  'pkg-admin/staff/staff': ['admin', '', 'make'],
  'pkg-admin/accounts/accounts': ['admin', '', 'account-*'],
  'pkg-admin/security/security': ['admin', '', 'log-*'],
  'pkg-admin/desk/desk': ['admin', '', '结算'],
  'pkg-admin/window/window': ['admin', '', '证件'],
  'pkg-admin/requests/requests': ['admin', '', '核对码'],
  'pages/devices/devices': ['admin', '', 'device-here'],
  'pages/factor/factor': ['admin', '', 'factor-start'],
})

/** Opened without the code that leads to them, these go home; the main job draws them. */
const reached = { 'pkg-pharmacy/claim/claim': ['dispenser', 'pkg-pharmacy/home/home'] }

async function facts(phones, rx) {
  const [{ content }, { items }, { drafts }] = await Promise.all([
    phones.patient.ask(`/v1/prescriptions/${rx}`),
    phones.payer.ask('/v1/prescriptions?status=approved'),
    phones.doctor.ask('/v1/prescriptions?status=draft').then(({ items }) => ({ drafts: items ?? [] })),
  ])
  if (!items?.length) throw new Error('the journey left nobody with something to pay')
  const { record } = await phones.patient.ask(`/v1/chain/records/${content.review.record}`)
  return {
    rx,
    visit: content.visit,
    unpaid: items[0].id,
    doctor: content.doctor.person,
    draft: drafts[0]?.id,
    record: content.review.record,
    height: record.height,
  }
}

/** A prescription of the doctor that waits for the signature. */
async function draft(phone, visit) {
  await phone.open(`/pkg-doctor/prescribe/prescribe?visit=${visit}`)
  await phone.type('drug-search', 'aldp')
  await phone.tap('drug-D0135')
  await phone.until(
    'the finding that it is prescribed already',
    () => phone.all('[data-name^="quick-"]').length,
    60_000,
  )
  await phone.tap('[data-name^="quick-"]')
  await phone.tap('to-sign')
  await phone.at('pkg-doctor/issue/issue')
  return phone.top.query.id
}

async function look(phone, page, query, main) {
  await phone.open(`/${page}${query && `?${query}`}`)
  await phone.at(page)
  if (/[\u4e00-\u9fff]/.test(main)) await phone.shows(main)
  else await phone.see(main)
  const samples = page.startsWith('pkg-gallery/') // one of them is what loading looks like
  if (!samples)
    await phone.until('the end of loading', () => !phone.all('[class*=app-spin],[class*=app-skeleton]').length)
  const faults = []
  if (!/[\u4e00-\u9fff]/.test(phone.top.title)) faults.push(`title ${phone.top.title}`)
  const words = phone.text()
  // Log-in names of the demo look like keys, and base64 may hold any three letters.
  const named = /^pkg-admin\/(accounts|security)\//.test(page)
  const slip =
    /undefined|(?<![\w+/])NaN(?![\w+/])|\[object|\bnull\b|Invalid Date/.exec(words) ??
    (named ? undefined : KEYWORD.exec(words))
  if (slip) faults.push(`shows ${words.slice(Math.max(0, slip.index - 20), slip.index + 40)}`)
  faults.push(...phone.deaf().map((e) => `nobody hears ${e}`))
  if (phone.top.config.enablePullDownRefresh) {
    phone.top.pulling = true
    phone.top.comp.instance.onPullDownRefresh()
    await phone.until('the end of the pull-down', () => !phone.top.pulling)
  }
  return faults.map((f) => `${page}: ${f}`)
}

/** phones by role, of people who have been through the main job; rx: its prescription. */
export async function everyPage(ward, phones, rx) {
  const all = { ...phones, payer: await patient(ward, ward.payer), nobody: ward.phone() }
  const is = await facts(all, rx)
  is.draft ??= await draft(all.doctor, is.visit)
  const wanted = table(is)
  const faults = ward.build.pages
    .filter((p) => !wanted[p] && !reached[p])
    .map((p) => `${p}: nobody looks at it; add it to pages.mjs`)
  for (const [page, [who, query, main]] of Object.entries(wanted))
    faults.push(...(await look(all[who], page, query, main)))
  for (const [page, [who, home]] of Object.entries(reached)) {
    await all[who].open(`/${page}`)
    await all[who].at(home)
  }
  if (faults.length) throw new Error(faults.join('\n'))
  return `${Object.keys(wanted).length} pages drawn`
}
