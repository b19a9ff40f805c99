// Taps that move no prescription: the chain's explorer, the administration, and the settings of a
// phone.
import { staff } from './taps.mjs'

/**
 * Follows the chain from its live list to a proof, and checks receipts, a true one and a forged
 * one.
 */
export async function regulator(ward, prescription) {
  const phone = await staff(ward, 'regulator')
  await phone.see('chain-ready')
  await phone.tap('go-live')
  await phone.see('record-*')
  await phone.back()
  await phone.tap('go-members')
  await phone.see('member-h1')
  await phone.back()
  await phone.tap('go-blocks')
  await phone.tap('block-*', 1)
  await phone.tap('record-*')
  await phone.at('pkg-regulator/record/record')
  await phone.tap('check-receipt')
  await phone.see('verdict-good')
  await phone.tap('copy-receipt')
  const receipt = await phone.until('the copied receipt', () => phone.clipboard)
  await phone.tap('to-block')
  await phone.at('pkg-regulator/block/block')

  await phone.open('/pkg-regulator/home/home')
  await phone.type('chain-search', 'nothing of the chain')
  await phone.tap('chain-go')
  await phone.until('the refused search', () => phone.all('.wrong').length)
  await phone.type('chain-search', prescription)
  await phone.tap('chain-go')
  await phone.at('pkg-regulator/subject/subject')
  await phone.see('status-dispensed')
  if (phone.text().includes('郭志强')) throw new Error("a patient's name is in the explorer")
  await phone.tap('check-proof')
  await phone.see('verdict-good')

  await phone.open('/pkg-regulator/home/home')
  await phone.tap('[data-tab="verify"]')
  phone.will.file.push(receipt)
  await phone.tap('pick')
  await phone.see('verdict-good')
  phone.will.file.push(`[{"receipt":${receipt}}]`)
  await phone.tap('pick')
  await phone.see('evidence-good')
  await phone.type('receipt', receipt.replace(/"height":"?\d+/, '$&1'))
  await phone.tap('verify')
  await phone.see('verdict-bad')
  return phone
}

export async function administrator(ward) {
  const phone = await staff(ward, 'admin')
  await phone.tap('state-approved')
  await phone.shows('李明德')
  await phone.tap('[data-tab="health"]')
  await phone.until('the health', () => phone.named('well').length || phone.named('unwell').length)
  await phone.shows('联盟链')
  await phone.tap('[data-tab="books"]')
  await phone.until('the books', () => phone.named('books-agree').length || phone.named('books-differ').length)
  await phone.tap('day-before')
  await phone.until('the day before', () => phone.named('books-agree').length)
  await phone.open('/pkg-admin/staff/staff')
  await phone.until('the own organisation', () => phone.text().includes('仁济智慧医院'))
  return phone
}

/** Language, darkness and large text, each back again. */
export async function settings(ward) {
  const phone = ward.phone()
  const root = () => phone.all('.wx-root')[0]
  await phone.open('/pages/me/me')
  await phone.see('language')
  phone.wx.turn('dark')
  await phone.until('the dark page', () => root().getAttribute('data-theme') === 'dark' && phone.top.bar === '#0f1412')
  phone.wx.turn('light')
  await phone.until(
    'the light page',
    () => root().getAttribute('data-theme') === 'light' && phone.top.bar === '#f2f5f3',
  )
  phone.will.sheet.push(1)
  await phone.tap('elder')
  await phone.until(
    'large text',
    () => /--fs: ?1.4/.test(root().getAttribute('style')) && root().getAttribute('data-mode') === 'care',
  )
  phone.will.sheet.push(1, 0)
  await phone.tap('language')
  await phone.shows('Language')
  await phone.until('the English title', () => phone.top.title === 'Me')
  await phone.tap('language')
  await phone.until('the Chinese title', () => phone.top.title === '我的')
}
