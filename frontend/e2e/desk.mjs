// The desk by keyboard alone: each workplace's main day, at three widths, in both languages, by day
// and by night. DESK=doctor walks that one alone. Those without patients are the suite office.
import { readFileSync } from 'node:fs'
import { base, enrolKey, enterPIN, go, loginStaff, named, person } from './browser.mjs'
import { looksOf } from './dealt.mjs'
import { regulator } from './desk-regulator.mjs'
import { patientHands, staffHands, ward as everybody } from './hands.mjs'
import { axeFaults } from './looks.mjs'
import { CHAIN, PIN } from './walk.mjs'
import { clinic, paidWith } from './ward.mjs'

export const name = 'desk'
export const own = true

const heights = { 1280: 720, 1440: 900, 2560: 1440 }
const modes = [
  { name: 'light', settings: { language: 'zh-Hans', theme: 'light', scale: 1, sound: false } },
  { name: 'dark', settings: { language: 'zh-Hans', theme: 'dark', scale: 1, sound: false } },
  { name: 'en', settings: { language: 'en', theme: 'light', scale: 1, sound: false } },
]
const usual = [1440, modes[0]]
/** Narrow in the longer words, wide, and by night. */
const others = [[1280, modes[2]], [2560, modes[0]], [1440, modes[1]]]

/**
 * Opens the page as dealt (dealt.mjs), its turn being in its name; waits until it is as it was, and
 * looks. The usual desk stays.
 */
async function everyScene(p, what, path, asBefore, out, fault) {
  const turn = [...what].reduce((sum, c) => sum + c.codePointAt(0), 0)
  for (const [width, mode] of looksOf(turn, usual, others)) {
    await p.page.setViewportSize({ width, height: heights[width] })
    await p.page.evaluate((s) => localStorage.setItem('settings', s), JSON.stringify(mode.settings))
    await p.page.goto(`${base}/desk/?${Math.random()}#${path}`) // another address: the page is made anew
    await asBefore()
    await look(p, out, `${what}-${width}-${mode.name}`, fault)
  }
}

const focused = (page, what) =>
  page.waitForFunction((n) => document.activeElement?.getAttribute('data-name') === n, what)

/** Somebody who sits down at a desk: logs in by keyboard, and has a key in this browser. */
export async function sits(browser, login, label, width = 1440, settings = modes[0].settings) {
  const { staff } = await everybody()
  const { password } = staff.find((s) => s.login === login)
  const p = await person(browser, {
    label,
    deviceScaleFactor: 1,
    hasTouch: false,
    viewport: { width, height: heights[width] },
    settings,
  })
  await p.page.goto(`${base}/desk/`)
  await focused(p.page, 'login')
  await p.page.keyboard.type(login)
  await p.page.keyboard.press('Tab')
  await p.page.keyboard.type(password)
  await p.page.keyboard.press('Enter')
  await named(p.page, 'to-phone').waitFor()
  return p
}

async function withKey(p) {
  await enrolKey(p.page, PIN)
  await p.page.goto(`${base}/desk/`)
  await named(p.page, 'to-phone').waitFor()
}

const press = async (p, ...keys) => {
  for (const key of keys) await p.page.keyboard.press(key)
}

/** Looks at the page as axe does, and takes its picture. */
export async function look(p, out, what, fault) {
  for (const f of await axeFaults(p.page)) fault(`${what}: axe ${f}`)
  const wide = await p.page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
  if (wide > 0) fault(`${what}: ${wide} px too wide`)
  await p.page.screenshot({ path: `${out}/${what}.png` })
}

/** A suite of workplaces' days, one after another; DESK is a pattern of those that are walked. */
function days(all) {
  return async ({ browser, out, fault }) => {
    const wanted = Object.keys(all).filter((workplace) => new RegExp(process.env.DESK ?? '').test(workplace))
    if (!wanted.length) throw new Error(`DESK=${process.env.DESK} is none of ${Object.keys(all).join(', ')}`)
    for (const workplace of wanted) await all[workplace](browser, out, fault)
  }
}

export const run = days({ doctor, counter, reviewer, templates })
/** The suite of office.mjs. */
export const runOffice = days({ stock, admin, explorer, regulator: atRegulator })

const suffixes = {
  Enter: { key: 'Enter', code: 'Enter', windowsVirtualKeyCode: 13, text: '\r' },
  Tab: { key: 'Tab', code: 'Tab', windowsVirtualKeyCode: 9 },
  LF: { key: 'j', code: 'KeyJ', windowsVirtualKeyCode: 74, modifiers: 2 },
}

/**
 * A hand scanner: all its keys are under way before the first one is heard, two milliseconds from
 * one to the next by their own time. What no keyboard has, such as full-width digits, it sends as
 * text. The page waits meanwhile for an answer, which comes after the last key: on a busy machine
 * the keys would reach it in pieces, as no scanner sends them.
 */
async function gun(p, text, ...suffix) {
  const wire = (p.wire ??= await p.context.newCDPSession(p.page))
  const keys = [...[...text].map((c) => ({ key: c, text: c })), ...suffix.map((x) => suffixes[x])]
  await wire.send('Fetch.enable', { patterns: [{ urlPattern: '*/deaf' }] })
  const deaf = new Promise((is) => wire.once('Fetch.requestPaused', is))
  await p.page.evaluate(() => {
    setTimeout(() => {
      const answer = new XMLHttpRequest()
      answer.open('GET', '/deaf', false)
      answer.send()
    })
  })
  const { requestId } = await deaf
  const from = Date.now()
  const heard = keys.flatMap((k, i) =>
    ['keyDown', 'keyUp'].map((type) =>
      wire.send('Input.dispatchKeyEvent', {
        ...k,
        type,
        timestamp: (from + 2 * i) / 1000,
        ...(type === 'keyUp' ? { text: undefined } : {}),
      }),
    ),
  )
  await Promise.all([...heard, wire.send('Fetch.fulfillRequest', { requestId, responseCode: 204 })])
  await wire.send('Fetch.disable')
}

/** Keys as a hand presses them, by the page's own clock. */
async function hand(p, ...keys) {
  for (const key of keys) {
    await p.page.keyboard.press(key)
    await p.page.evaluate(() => new Promise((next) => setTimeout(next, 90)))
  }
}

async function counter(browser, out, fault) {
  const rx = await paidWith('patient-01', 14, '硝苯地平控释片', '琥珀酸美托洛尔缓释片', '硫酸氢氯吡格雷片')
  const soon = await delivered('pharmacy.p1', rx.content.items[0].drug)
  const p = await sits(browser, 'pharmacy.p1', 'counter')
  const { page } = p
  await withKey(p)
  await named(page, 'code').waitFor()
  const word = (tone) => page.locator(`[data-name=word].is-${tone}`).waitFor()
  const tally = (line, text) => page.locator(`[data-name=line-${line}] [data-name=tally]`, { hasText: text }).waitFor()

  // The patient's identity code: what waits here is told, and the pick-up code still opens it.
  const mine = await patientHands('patient-01')
  const card = async () => (await mine.post('/v1/patients/me/identity-code')).code
  await mine.put(`/v1/prescriptions/${rx.id}/pharmacy`, { pharmacy: 'p1' })
  await gun(p, (await card()).toLowerCase(), 'Enter')
  await page.locator('[data-name=identified] [data-name=id-paid]').first().waitFor()
  if (await named(page, 'rx-paper').count()) fault('an identity code opened a prescription')
  await look(p, out, 'counter-identified', fault)
  p.expects(/status of 409 .*\/identity-codes\/read/)
  await gun(p, (await card()).replace(/^HID1:\w+:/, 'HID1:H9:'), 'Enter')
  await word('bad')

  // A package before any prescription is told so; the pick-up code opens it, wherever the focus is.
  await gun(p, '81234567890123456789', 'Enter')
  await word('bad')
  await gun(p, rx.content.pickup, 'Enter')
  let presses = 0
  const counted = (...keys) => ((presses += pressesOf(keys)), hand(p, ...keys))
  await page.locator('[data-name=rx-paper]', { hasText: rx.id }).waitFor()
  await named(page, 'claim').waitFor()
  await look(p, out, 'counter-claim', fault)
  await counted('Enter')
  await focused(page, 'pin')
  await page.keyboard.type(PIN)
  await named(page, 'fate-committed').waitFor({ timeout: CHAIN })
  await gun(p, await card(), 'Enter')
  await page.locator('[data-name=identified] [data-name=id-claimed]').first().waitFor()
  await page.locator('[data-name=rx-paper]', { hasText: rx.id }).waitFor()

  await counted('1', '2', '3')
  const prefix = Object.fromEntries(rx.content.items.map((i, n) => [n, i.tracePrefix]))
  const code = (line, n) => prefix[line] + String(line * 1000 + n).padStart(13, '0')
  const wide = (text) => [...text].map((c) => String.fromCodePoint(c.codePointAt(0) + 0xfee0)).join('')
  const many = rx.content.items.map((i) => i.packages)
  if (many.some((n) => n < 2)) fault(`packages ${many}: the walk wants two of each`)

  // The lot to take first stands beside its line. A package of a later one is taken all the same,
  // and said so.
  await page.locator('[data-name=line-0] [data-name=first-lot]', { hasText: soon.lot }).waitFor()
  await hand(p, 'ArrowDown')
  await gun(p, `(01)06901234567892(17)${soon.later}(10)LATE1(21)S9`, 'Enter')
  await page.locator('[data-name=word].is-warn', { hasText: soon.lot }).waitFor()
  await tally(0, '1/')
  await look(p, out, 'counter-later-lot', fault)
  await page.locator('[data-name=line-0] .code button').focus()
  await hand(p, 'Enter')
  await tally(0, '0/')
  await page.evaluate(() => document.activeElement.blur())

  // Each finds its line by itself, in any order, with every suffix: Enter, Tab, CR LF, none, and
  // with the input method's wide digits.
  await gun(p, code(1, 1), 'Enter')
  await tally(1, '1/')
  await gun(p, code(0, 1), 'Tab')
  await tally(0, '1/')
  await gun(p, code(2, 1), 'Enter', 'LF')
  await tally(2, '1/')
  await gun(p, code(2, 2))
  await tally(2, '2/')
  await gun(p, code(2, 2), 'Enter') // the same again
  await word('bad')
  await gun(p, '99999990000000000001', 'Enter') // of no medicine here
  await word('bad')
  await gun(p, '(01)06901234567892(17)200131(21)S1', 'Enter') // it expired long ago
  await page.locator('[data-name=word].is-bad', { hasText: '2020-01-31' }).waitFor()
  await gun(p, wide(code(0, 2)), 'Enter')
  await tally(0, '2/')
  // What was done outlives the page.
  await everyScene(
    p,
    'counter',
    `/counter/${rx.id}`,
    () => tally(0, '2/').then(() => named(page, 'fate-committed').waitFor()),
    out,
    fault,
  )

  // Labels: one a medicine, and nothing else on the paper.
  await page.emulateMedia({ media: 'print' })
  if ((await page.locator('[data-name=label]:visible', { hasText: rx.id }).count()) !== many.length)
    fault('there is not a label for each medicine')
  if (await named(page, 'rx-paper').count()) fault('the page is printed with the labels')
  await page.screenshot({ path: `${out}/counter-labels.png` })
  await page.emulateMedia({ media: null })
  // A label's paper is the labels' alone: what else this tab prints has its own.
  const paper = async () => {
    const pdf = (await page.pdf({ preferCSSPageSize: true })).toString('latin1')
    return [...pdf.matchAll(/\/MediaBox\s*\[\s*0 0 ([\d.]+)/g)].map((m) => Math.round((m[1] / 72) * 25.4))
  }
  const labels = await paper()
  if (labels.length !== many.length || labels.some((w) => w !== 70)) fault(`labels are ${labels} mm wide`)
  await page.evaluate(() => document.querySelector('.labels').remove())
  const rest = await paper()
  if (!rest.length || rest.some((w) => w < 140)) fault(`what is printed without labels is ${rest} mm wide`)
  await page.reload()
  await tally(0, '2/')

  // While a reason is typed a scan leaves no trace in it, nor a line break.
  await hand(p, 'b')
  await focused(page, 'reason')
  await page.keyboard.type('库存')
  await gun(p, code(1, 2), 'Enter')
  await word('bad')
  if ((await named(page, 'reason').inputValue()) !== '库存')
    fault(`the scan is in the reason: ${await named(page, 'reason').inputValue()}`)
  await focused(page, 'reason')
  await hand(p, 'Escape')
  await named(page, 'dispense').waitFor()

  // Nothing is handed out before everything is checked.
  await hand(p, 'Enter')
  await word('bad')
  await counted('4', '5', '6', '7', '8', '9', '0')
  for (let line = 0; line < many.length; line++)
    for (let n = 1; n <= many[line]; n++)
      if (!(line === 2 && n < 3) && !(line === 0 && n < 3) && !(line === 1 && n < 2))
        await gun(p, code(line, n), 'Enter')
  for (let line = 0; line < many.length; line++) await tally(line, `${many[line]}/`)
  await page.locator('[data-name=dispense]:not([disabled])').waitFor()
  await look(p, out, 'counter-ready', fault)
  await counted('Enter')
  await focused(page, 'pin')
  await page.locator('[data-name=sign-dialog] [data-name=paper]', { hasText: code(0, 1) }).waitFor()
  await look(p, out, 'counter-sign', fault)
  await page.keyboard.type(PIN)
  await named(page, 'handed-out').waitFor()
  await page.locator('[data-name=handed]').first().waitFor()
  await look(p, out, 'counter-done', fault)
  asDesigned('hand out two packages', presses, fault)
}

/** Two lots of a medicine at a pharmacy: one that expires soon, and a later one. */
async function delivered(login, drug) {
  const clerk = await staffHands(login)
  const soon = new Date(Date.now() + 40 * 24 * 3600_000).toISOString().slice(0, 10)
  const later = new Date(Date.now() + 700 * 24 * 3600_000).toISOString().slice(0, 10)
  for (const [lot, expires] of [['LATE1', later], ['FIRST1', soon]]) {
    const { version } = (await clerk.get(`/v1/stock?drug=${drug}`)).stock[0]
    await clerk.put(`/v1/stock/${drug}`, { kind: 'delivery', packages: 9, lot, expires, reason: '送货单 40', version })
  }
  return { lot: 'FIRST1', later: later.slice(2).replace(/-/g, '') }
}

/**
 * The most key presses of a routine renewal, from opening the patient to signed, without the PIN.
 */
const RENEWAL = 12

/** DESIGN.md says how many keys a task takes at the desk: as many as were pressed here. */
function asDesigned(task, presses, fault) {
  console.log(`     ${task}: ${presses} key presses`)
  const row = readFileSync(new URL('../../app/docs/DESIGN.md', import.meta.url), 'utf8')
    .split('\n')
    .find((l) => l.startsWith(`| ${task}`))
  const told = Number(/\| (\d+) keys?\b[^|]*\|$/.exec(row ?? '')?.[1])
  if (told !== presses) fault(`${task}: ${presses} key presses, and ${told} in DESIGN.md`)
}
const pressesOf = (keys) => keys.reduce((n, key) => n + key.split('+').length, 0)

async function doctor(browser, out, fault) {
  await paidWith('patient-01', 7, '苯磺酸氨氯地平片')
  const [first, second] = await Promise.all([patientHands('patient-01'), patientHands('patient-02')])
  const p = await sits(browser, 'doctor.li', 'doctor')
  const { page } = p
  let presses = 0
  const counted = async (...keys) => {
    for (const key of keys) {
      presses += pressesOf([key])
      await page.keyboard.press(key)
    }
  }
  await withKey(p)
  await named(page, 'presence').waitFor()
  await press(p, 'o')
  await page.locator('.dot.online').waitFor()
  const { person } = await staffHands('doctor.li')
  const { id: mine } = await first.post('/v1/consultations', {
    doctor: person,
    complaint: '高血压复诊，想续药',
    duration: '半年',
  })
  // It comes by itself, and the longest waiting is open.
  await page.locator(`[data-visit="${mine}"][aria-current=true]`).waitFor()
  const { id: other } = await second.post('/v1/consultations', {
    doctor: person,
    complaint: '头晕三天',
    duration: '三天',
  })
  await page.locator(`[data-visit="${other}"]`).waitFor()
  await page.locator('[data-name=earlier] [data-name=renew]').first().waitFor()

  // The patient shows the identity code: the visit of the two opens, wherever the focus is; of
  // somebody else nothing is told.
  await page.locator(`[data-visit="${other}"]`).click()
  await page.locator(`[data-visit="${other}"][aria-current=true]`).waitFor()
  await gun(p, (await first.post('/v1/patients/me/identity-code')).code, 'Enter')
  await page.locator(`[data-visit="${mine}"][aria-current=true]`).waitFor()
  await page.locator('[data-name=earlier] [data-name=renew]').first().waitFor()

  // 续方: taken, written again, the note read and saved, signed.
  await counted('a')
  await named(page, 'note-form').waitFor()
  await counted('c')
  await page.locator('dialog[open] .items button').first().waitFor()
  await look(p, out, 'doctor-renew', fault)
  await counted('Enter')
  await page.locator('[data-name=note-form] [data-diagnosis=I10]').waitFor()
  await look(p, out, 'doctor-note', fault)
  await counted('Control+s')
  await page.locator('[data-name=prescribe] [data-line="0"]').waitFor()
  await page.locator('[data-name=check-ready]').waitFor()
  for (
    let n = await page.locator('[data-name=prescribe] [data-name=quick-benefit] kbd').count();
    n;
    n = await page.locator('[data-name=prescribe] [data-name=quick-benefit] kbd').count()
  )
    await counted('1')
  await look(p, out, 'doctor-rx', fault)
  await counted('Control+Enter')
  await focused(page, 'pin')
  await page.locator('[data-name=sign-dialog] [data-name=paper]', { hasText: '氨氯地平' }).waitFor()
  await look(p, out, 'doctor-sign', fault)
  await page.keyboard.type(PIN)
  await page.locator('[data-name=visit-rx]', { hasText: '氨氯地平' }).waitFor({ timeout: CHAIN })
  asDesigned('renew a prescription', presses, fault)
  if (presses > RENEWAL) fault(`a renewal takes ${presses} key presses, more than ${RENEWAL}`)

  // Typed by keyboard: initials, ↓↑, Enter; dose, frequency and days; packages follow.
  await press(p, '/')
  await focused(page, 'drug')
  await page.keyboard.type('xft')
  await page.locator('[role=option]').first().waitFor()
  await press(p, 'ArrowDown', 'ArrowUp', 'Enter')
  await page.locator('[data-line="0"] [data-col=dose]:focus').waitFor()
  await look(p, out, 'doctor-line', fault)
  await press(p, 'Enter')
  await focused(page, 'frequency-0')
  await page.keyboard.type('bid')
  await page.locator('[role=option]').first().waitFor()
  await press(p, 'Enter')
  await page.locator('[data-line="0"] [data-col=days]:focus').waitFor()
  const packages = () => page.locator('[data-line="0"] [data-col=packages]').inputValue()
  const before = Number(await packages())
  await page.keyboard.type('30')
  await press(p, 'Enter')
  await focused(page, 'drug')
  if (!(Number(await packages()) > before))
    fault(`30 days take ${await packages()} packages, as many as before: ${before}`)
  await page.keyboard.type('klms')
  await press(p, 'Enter') // before the answer is here
  await page.locator('[data-line="1"]').waitFor()
  await page.locator('[data-name=check-ready]').waitFor()
  await page.locator('[data-line] [data-rule]').first().waitFor() // beside the line it is about
  // What was typed outlives the page.
  await everyScene(
    p,
    'doctor',
    `/doctor/${mine}`,
    () =>
      page
        .locator('[data-name=prescribe] [data-line="1"]')
        .waitFor()
        .then(() => page.locator('[data-line] [data-rule]').first().waitFor()),
    out,
    fault,
  )

  // The conversation: a line break with Shift, sent with Enter, and back at the page's keys with
  // Esc.
  await press(p, 'm')
  await focused(page, 'say')
  await page.keyboard.type('继续原来的药')
  await press(p, 'Shift+Enter')
  await page.keyboard.type('两周后复诊')
  await press(p, 'Enter')
  await page.locator('[data-name=message]', { hasText: '两周后复诊' }).waitFor()
  if (!(await page.locator('[data-name=message]').last().innerText()).includes('\n'))
    fault('Shift+Enter made no line break')
  await press(p, 'Escape', 'd')
  await named(page, 'running').waitFor()
  await look(p, out, 'doctor-record', fault)

  // The next one.
  await press(p, 'f')
  await named(page, 'agree').waitFor()
  await press(p, 'Enter')
  await page.locator(`[data-visit="${other}"][aria-current=true]`).waitFor()

  // What was signed leaves the queue of the reviewer's walk.
  const zhou = await staffHands('reviewer.zhou')
  await zhou.enrol()
  for (const { id } of (await zhou.get('/v1/prescriptions?status=signed')).items ?? [])
    await zhou.act(`/v1/prescriptions/${id}/reject`, { reasons: ['疗程与诊断不符，请复核后重开'] })
}

/** 模板与协定方: kept by a doctor, judged by a pharmacist, written by. */
async function templates(browser, out, fault) {
  const patient = await patientHands('patient-11')
  const p = await sits(browser, 'doctor.li', 'templates')
  const { page } = p
  await withKey(p)
  const { person } = await staffHands('doctor.li')
  const { id } = await patient.post('/v1/consultations', { doctor: person, complaint: '咳嗽三天', duration: '三天' })
  await page.locator(`[data-visit="${id}"]`).click() // others may wait longer
  await page.locator(`[data-visit="${id}"][aria-current=true]`).waitFor()
  await named(page, 'take').waitFor()
  await press(p, 'a')
  await named(page, 'note-form').waitFor()
  await named(page, 'diagnosis').click()
  await page.keyboard.type('J20.9')
  await press(p, 'Enter')
  await page.locator('[data-name=note-form] [data-diagnosis="J20.9"]').waitFor()
  await named(page, 'plan').fill('多饮水，三天后复诊')
  await press(p, 'Control+s')
  await named(page, 'prescribe').waitFor()
  await press(p, '/')
  await focused(page, 'drug')
  await page.keyboard.type('xft')
  await press(p, 'Enter')
  await page.locator('[data-line="0"] [data-col=dose]:focus').waitFor()
  await named(page, 'name-template').click()
  await focused(page, 'template-name')
  await page.keyboard.type('咳嗽常用')
  await press(p, 'Enter')
  await named(page, 'template').waitFor() // what is found by has come
  await look(p, out, 'doctor-template', fault)
  await named(page, 'remove-line').click()
  await named(page, 'template').click()
  await page.keyboard.type('常用')
  await press(p, 'Enter')
  await page.locator('[data-line="0"] [data-col=dose]:focus').waitFor()
  await press(p, 'Escape')
  await page.evaluate(() => document.activeElement.blur())
  await press(p, 't')
  await page.locator('[data-name=templates] [data-template="咳嗽常用"] [data-name=propose]').click()
  await page.locator('[data-name=templates] [data-name=withdraw]').waitFor()
  await look(p, out, 'doctor-templates', fault)

  const judge = await sits(browser, 'reviewer.zhou', 'judge')
  await judge.page.locator('.review').waitFor()
  await press(judge, 't')
  await judge.page.locator('[data-name=wanted] [data-template="咳嗽常用"]').waitFor()
  await look(judge, out, 'review-templates', fault)
  await named(judge.page, 'agree').click()
  await judge.page.locator('[data-name=wanted] [data-name=agree]').waitFor({ state: 'detached' })
  await press(p, 'Escape')
  await named(page, 'templates').waitFor({ state: 'detached' })
}

/**
 * The administrator's day: what needs somebody, the staff, the log; tables by keyboard, and a file
 * that starts no formula.
 */
async function admin(browser, out, fault) {
  await paidWith('patient-09', 7, '苯磺酸氨氯地平片')
  const p = await sits(browser, 'admin', 'admin')
  const { page } = p
  await page.locator('[data-name=money] [data-bar=fund]').waitFor()
  if (!(Number(await page.locator('[data-bar=asked]').getAttribute('data-value')) > 0))
    fault('a day with a visit shows none')
  if (!(Number(await page.locator('[data-bar=paid]').first().getAttribute('data-value')) > 0))
    fault('a day with a paid prescription shows none')
  await everyScene(
    p,
    'admin-today',
    '/today',
    () => page.locator('[data-name=money] [data-bar=fund]').waitFor(),
    out,
    fault,
  )
  await press(p, 'Alt+2')
  await page.locator('[data-name=table-accounts] [data-row]').nth(3).waitFor()
  await everyScene(
    p,
    'admin-staff',
    '/staff/accounts',
    () => page.locator('[data-name=table-accounts] [data-row]').nth(3).waitFor(),
    out,
    fault,
  )

  // Filtered, ordered, another column, a view with a name, and the file.
  const rows = () => page.locator('[data-row]').count()
  const all = await rows()
  await press(p, '/')
  await focused(page, 'table-filter')
  await page.keyboard.type('doctor')
  await page.waitForFunction((n) => document.querySelectorAll('[data-row]').length < n, all)
  await press(p, 'Escape')
  await named(page, 'table-columns').focus()
  await press(p, 'Enter')
  await named(page, 'column-since').focus()
  await press(p, 'Space')
  await look(p, out, 'admin-columns', fault)
  await press(p, 'Escape')
  await named(page, 'table-csv').focus()
  const [file] = await Promise.all([page.waitForEvent('download'), press(p, 'Enter')])
  const text = readFileSync(await file.path(), 'utf8')
  if (!text.startsWith('\ufeff') || !text.includes('doctor.li') || text.includes('pharmacy.p1'))
    fault(`the file is not what is shown: ${text.slice(0, 200)}`)
  await page.reload()
  await page.locator('[data-name=table-accounts] [data-row]').first().waitFor()
  if ((await rows()) >= all) fault('the filter is gone after a reload')

  // A view with a name follows its person to another device.
  await named(page, 'table-views').focus()
  await press(p, 'Enter')
  await page.getByRole('dialog').getByText('保存当前视图').click()
  await named(page, 'view-name').fill('医生账号')
  await press(p, 'Enter')
  await named(page, 'view-name').waitFor({ state: 'detached' })
  const elsewhere = await sits(browser, 'admin', 'admin-elsewhere')
  await press(elsewhere, 'Alt+2')
  await elsewhere.page.locator('[data-name=table-accounts] [data-row]').nth(3).waitFor()
  await named(elsewhere.page, 'table-views').focus()
  await press(elsewhere, 'Enter')
  await elsewhere.page.getByRole('dialog').getByText('医生账号').click()
  await elsewhere.page.waitForFunction((n) => document.querySelectorAll('[data-row]').length < n, all)
  await look(elsewhere, out, 'admin-view', fault)
  await elsewhere.context.close()
  await press(p, '2')
  await page.locator('[data-name=table-register] [data-row]').first().waitFor()
  await look(p, out, 'admin-register', fault)
  await press(p, 'Alt+3')
  await page.locator('[data-name=table-audit] [data-row]').first().waitFor()
  await everyScene(
    p,
    'admin-audit',
    '/audit',
    () => page.locator('[data-name=table-audit] [data-row]').first().waitFor(),
    out,
    fault,
  )

  // Who looked at whom: nothing without a reason; a search is on the list of searches.
  await press(p, '2')
  await named(page, 'looks-reason').waitFor()
  await press(p, 's')
  await focused(page, 'looks-patient')
  if (await named(page, 'looks-search').isEnabled()) fault('who looked at whom is asked without a reason')
  await named(page, 'looks-reason').focus()
  await page.keyboard.type('季度抽查')
  await press(p, 'Enter')
  await page.locator('[data-name=table-looks] [data-row]').first().waitFor()
  await look(p, out, 'admin-looks', fault)
  await everyScene(p, 'admin-looks-form', '/audit/looks', () => named(page, 'looks-reason').waitFor(), out, fault)
  await press(p, '3')
  await page.locator('[data-name=table-searches] [data-row]').filter({ hasText: '季度抽查' }).first().waitFor()
  await look(p, out, 'admin-searches', fault)

  // Who is logged in: another session ends, and the own one is not offered.
  const other = await sits(browser, 'doctor.li', 'ended')
  await press(p, 'Alt+2')
  // Keys of a page that is not there yet mean nothing: nobody does what they do not see.
  await page.locator('[data-name=table-accounts] [data-row]').first().waitFor()
  await press(p, '4')
  const sitting = page.locator('[data-name=table-sessions] [data-row]')
  await sitting.filter({ hasText: 'doctor.li' }).first().waitFor()
  await everyScene(p, 'admin-sessions', '/staff/sessions', () => sitting.nth(1).waitFor(), out, fault)
  await sitting.filter({ hasText: 'doctor.li' }).first().focus()
  await press(p, 'Enter')
  // The key that opened the question must not answer it as well.
  await page.getByRole('dialog').waitFor()
  await look(p, out, 'admin-end-session', fault)
  await other.context.close()
  await press(p, 'Escape')
  await press(p, 'Alt+4')
  await page.locator('[data-name=table-settings] [data-row]').nth(3).waitFor()
  await everyScene(
    p,
    'admin-settings',
    '/settings',
    () => page.locator('[data-name=table-settings] [data-row]').nth(3).waitFor(),
    out,
    fault,
  )

  // Prices: what a file would change is shown before it is; a wrong line keeps the whole file out.
  const prices = page.locator('[data-name=table-prices] [data-row]')
  await everyScene(p, 'admin-prices', '/prices', () => prices.nth(3).waitFor(), out, fault)
  const bring = async (text) => {
    await press(p, 'i')
    await named(page, 'import-file').setInputFiles({
      name: 'prices.csv',
      mimeType: 'text/csv',
      buffer: Buffer.from(text),
    })
    await named(page, 'import-counts').waitFor()
  }
  await bring('\ufeff编码,单价（元）,供应\r\nD0001,abc,是\r\nD9999,1.00,是\r\n')
  await named(page, 'import-wrong').waitFor()
  if (await named(page, 'import-take').isEnabled()) fault('a file with wrong lines can be imported')
  await look(p, out, 'admin-prices-wrong', fault)
  await press(p, 'Escape')
  await bring('\ufeff编码,单价（元）,供应\r\nD0001,33.21,是\r\n')
  await look(p, out, 'admin-prices-import', fault)
  await named(page, 'import-take').focus()
  await press(p, 'Enter')
  await prices.filter({ hasText: '33.21' }).first().waitFor()
  await prices.filter({ hasText: '33.21' }).first().focus()
  await press(p, 'Enter')
  await named(page, 'price-history').getByText('33.21').first().waitFor()
  await look(p, out, 'admin-price', fault)
  await press(p, 'Escape')

  // A doctor's week: one session more, by keyboard; the doctor's list of what happened says so.
  await everyScene(
    p,
    'admin-schedules',
    '/schedules',
    () => page.locator('[data-name=schedules] [data-row]').first().waitFor(),
    out,
    fault,
  )
  const li = (await staffHands('doctor.li')).person
  const row = page.locator(`[data-name=schedules] [data-person="${li}"]`)
  await row.locator('[data-name=schedule-edit]').focus()
  await press(p, 'Enter')
  const form = named(page, 'schedule-form')
  const before = await form.locator('[data-name=session]').count()
  await named(page, 'session-add').focus()
  await press(p, 'Enter')
  await form.locator('[data-name=session]').nth(before).locator('select').first().selectOption('7')
  await form.locator('[data-name=session]').nth(before).locator('select').nth(1).selectOption('22:00')
  await form.locator('[data-name=session]').nth(before).locator('select').nth(2).selectOption('24:00')
  await look(p, out, 'admin-schedule', fault)
  await named(page, 'schedule-save').focus()
  await press(p, 'Enter')
  await row.getByText('22:00\u2060–\u206024:00').waitFor()
}

/**
 * A pharmacy's stock by keyboard: goods received, the least it wants to have, and what is short.
 */
async function stock(browser, out, fault) {
  const p = await sits(browser, 'pharmacy.p1', 'stock')
  const { page } = p
  await press(p, 'Alt+2')
  const lines = page.locator('[data-name=table-stock] [data-row]')
  await lines.nth(3).waitFor()
  await everyScene(p, 'stock', '/stock', () => lines.nth(3).waitFor(), out, fault)
  const drug = await lines.first().getAttribute('data-row')
  const fill = async (step, packages, reason) => {
    await lines.first().focus()
    await press(p, 'Enter')
    await focused(page, 'stock-packages')
    await named(page, `stock-${step}`).focus()
    await press(p, 'Space')
    await named(page, 'stock-packages').focus()
    await page.keyboard.type(packages, { delay: 90 }) // as a hand: all at once would be a scan
    if (reason) {
      await press(p, 'Tab')
      await page.keyboard.type(reason)
    }
    await look(p, out, `stock-${step}`, fault)
    await press(p, 'Enter')
    await named(page, 'stock-form').waitFor({ state: 'detached' })
  }
  await fill('minimum', '900000')
  await press(p, 'l')
  await page.waitForFunction(
    (d) =>
      [...document.querySelectorAll('[data-name=table-stock] [data-row]')]
        .map((r) => r.getAttribute('data-row'))
        .join() === d,
    drug,
  )
  await look(p, out, 'stock-short', fault)
  await fill('delivery', '7', '送货单 17')
  await fill('minimum', '0')
  await lines.first().waitFor({ state: 'detached' })

  // Goods with a lot: the gun fills in lot and last day, wherever the focus is; expired ones are
  // refused, and said so.
  await press(p, 'l')
  await page.locator(`[data-name=table-stock] [data-row="${drug}"]`).focus()
  await press(p, 'Enter')
  await focused(page, 'stock-packages')
  const word = (tone) => page.locator(`[data-name=stock-word].is-${tone}`).waitFor()
  const pack = (expires, lot) => `]d2010690123456789217${expires}10${lot}`
  await gun(p, pack('200131', 'OLD1'), 'Enter')
  await word('bad')
  await look(p, out, 'stock-past', fault)
  const soon = new Date(Date.now() + 20 * 24 * 3600_000).toISOString().slice(0, 10)
  await gun(p, pack(soon.slice(2).replace(/-/g, ''), 'SOON1'), 'Enter')
  await word('good')
  await page.waitForTimeout(150) // what is pressed sooner still belongs to the scan
  if ((await named(page, 'stock-packages').inputValue()) !== '') fault('the scan left a trace in the field')
  if (
    (await named(page, 'stock-lot').inputValue()) !== 'SOON1' ||
    (await named(page, 'stock-expires').inputValue()) !== soon
  )
    fault('the scan did not fill in the lot')
  await named(page, 'stock-packages').focus()
  await hand(p, '3', 'Tab')
  await page.keyboard.type('送货单 18')
  await look(p, out, 'stock-lot', fault)
  await press(p, 'Enter')
  await named(page, 'stock-form').waitFor({ state: 'detached' })

  // It is in the list of what expires, and leaves from there with a reason; the history tells all
  // of it.
  await press(p, '2')
  const lot = page.locator(`[data-row="${drug}/SOON1"]`)
  await lot.waitFor()
  await look(p, out, 'stock-lots', fault)
  await lot.focus()
  await press(p, 'Enter')
  await focused(page, 'stock-packages')
  await named(page, 'stock-writeoff').focus()
  await press(p, 'Space')
  await named(page, 'stock-packages').focus()
  await hand(p, '3', 'Tab')
  await page.keyboard.type('包装破损')
  await look(p, out, 'stock-writeoff', fault)
  await press(p, 'Enter')
  await lot.waitFor({ state: 'detached' })
  await press(p, '3')
  await page.locator('[data-name=table-movements] [data-row]', { hasText: '包装破损' }).waitFor()
  await page.locator('[data-name=table-movements] [data-row]', { hasText: '送货单 18' }).waitFor()
  await look(p, out, 'stock-history', fault)
}

/**
 * The chain for everybody, without a log-in: what comes in, a subject's life, and many files
 * verified at once.
 */
function atRegulator(browser, out, fault) {
  return regulator(browser, out, fault, { modes, heights, everyScene, look, press, focused })
}

async function explorer(browser, out, fault) {
  const rx = await paidWith('patient-09', 7, '苯磺酸氨氯地平片')
  const p = await person(browser, {
    label: 'explorer',
    deviceScaleFactor: 1,
    hasTouch: false,
    viewport: { width: 1440, height: 900 },
    settings: modes[0].settings,
  })
  const { page } = p
  await page.goto(`${base}/desk/#/explore`)
  await named(page, 'live-record').first().waitFor()
  await page.locator('[data-name=table-blocks] [data-row]').first().waitFor()
  await press(p, 's')
  await focused(page, 'chain-search')
  await page.keyboard.type(rx.id)
  await press(p, 'Enter')
  const lived = () =>
    page
      .locator('[data-name=subject] li')
      .nth(2)
      .waitFor()
      .then(() => named(page, 'live-record').first().waitFor())
      .then(() => page.locator('[data-name=table-blocks] [data-row]').first().waitFor())
  await lived()
  await everyScene(p, 'explorer', `/explore/subject/rx:${rx.id}`, lived, out, fault)
  await page.locator('[data-name=subject] li button').first().focus()
  await press(p, 'Enter')
  await named(page, 'check-receipt').focus()
  await press(p, 'Enter')
  await named(page, 'proof-good').waitFor({ timeout: CHAIN })
  await look(p, out, 'explorer-record', fault)

  const { records } = await (await fetch(`${base}/v1/chain/subjects/rx:${rx.id}`)).json()
  const receipts = await Promise.all(
    records.slice(0, 3).map(async (r) => (await fetch(`${base}/v1/chain/records/${r.id}/receipt`)).text()),
  )
  const asFile = (name, text) => ({ name, mimeType: 'application/json', buffer: Buffer.from(text) })
  await page.goto(`${base}/desk/?v#/verify`)
  await named(page, 'choose-files').waitFor()
  await page
    .locator('[data-name=verify-files]')
    .setInputFiles([
      ...receipts.map((r, i) => asFile(`receipt-${i}.json`, r)),
      asFile('changed.json', receipts[0].replace(/"height":(\d)/, '"height":9$1')),
      asFile('none.txt', 'nothing'),
    ])
  await page.locator('[data-name=table-verify] [data-row]').nth(4).waitFor()
  const [good, bad] = await Promise.all(
    ['is-good', 'is-bad'].map((tone) => page.locator(`[data-name=table-verify] .${tone}`).count()),
  )
  if (good !== 3 || bad !== 2) fault(`of five files ${good} are valid and ${bad} are not`)
  await look(p, out, 'verify', fault)
}

/**
 * 扫码签: the key is on the person's phone now. Another person's phone is refused; this one signs, and
 * the desk goes on by itself.
 */
async function byPhone(browser, p, isOpen, next, out, fault) {
  const [phone, stranger] = [await person(browser, { label: 'phone' }), await person(browser, { label: 'stranger' })]
  stranger.expects(/404/)
  await loginStaff(phone.page, 'reviewer.zhou')
  await enrolKey(phone.page, PIN)
  await loginStaff(stranger.page, 'doctor.li')
  await enrolKey(stranger.page, PIN)
  await press(p, 'a')
  await named(p.page, 'sign-code').waitFor()
  await look(p, out, 'sign-by-phone', fault)
  const code = await named(p.page, 'sign-code').getAttribute('data-code')
  await go(stranger.page, '/pkg-inbox/handover/handover')
  await named(stranger.page, 'handover-code').locator('input').fill(code)
  await named(stranger.page, 'handover-open').click()
  await stranger.page.locator('.uni-modal:visible').waitFor()
  await go(phone.page, `/pkg-inbox/handover/handover?code=${code}`) // as its camera leads there
  await named(phone.page, 'sign').waitFor()
  await p.page.locator('[data-name=sign-phone][data-state=opened]').waitFor()
  await phone.page.screenshot({ path: `${out}/phone-sign.png` })
  await named(phone.page, 'sign').click()
  await enterPIN(phone.page, PIN)
  await named(phone.page, 'handover-done').waitFor()
  await named(p.page, 'sign-dialog').waitFor({ state: 'detached' })
  await isOpen(next)
  await stranger.context.close()
  await phone.context.close()
}

async function reviewer(browser, out, fault) {
  const prescribe = await clinic('patient-01')
  const ids = [await prescribe('苯磺酸氨氯地平片'), await prescribe('辛伐他汀', '克拉霉素'), await prescribe('缬沙坦胶囊')]
  const p = await sits(browser, 'reviewer.zhou', 'reviewer')
  const { page } = p
  await withKey(p)
  const current = () => page.locator('[data-name=review][aria-current=true]')
  const isOpen = (id) => page.locator('[data-name=rx-paper]', { hasText: id }).waitFor()
  await isOpen(ids[0]) // the longest waiting is open by itself

  await everyScene(
    p,
    'review',
    `/reviewer/${ids[1]}`,
    () => isOpen(ids[1]).then(() => page.locator('[data-rule]').first().waitFor()),
    out,
    fault,
  )
  await page.goto(`${base}/desk/?day#/reviewer`)
  await isOpen(ids[0])

  await press(p, '?')
  await named(page, 'keys-help').waitFor()
  await look(p, out, 'keys', fault)
  await press(p, 'Escape', 'Control+k')
  await focused(page, 'palette')
  await page.keyboard.type('审方')
  await look(p, out, 'palette', fault)
  await press(p, 'Escape')
  await named(page, 'palette').waitFor({ state: 'detached' })

  // Down and up again, and the riskiest first.
  await press(p, 'j')
  await isOpen(ids[1])
  await press(p, 'k', 's')
  await isOpen(ids[0])
  await page.waitForFunction(
    () =>
      document.querySelector('[data-name=review] .is-bad') ===
      document.querySelectorAll('[data-name=review]')[0]?.querySelector('.is-bad'),
  )
  await press(p, 's')

  // Approved with one key and the PIN; a wrong PIN first. The next one opens by itself.
  let presses = 0
  const counted = (...keys) => ((presses += pressesOf(keys)), press(p, ...keys))
  await counted('a')
  await focused(page, 'pin')
  await page.locator('[data-name=sign-dialog] [data-name=paper]').waitFor()
  await page.keyboard.type('000000')
  await page.locator('[data-name=sign-dialog] [role=alert]').waitFor()
  // Kept open: the next ones are shown and confirmed, and ask for no PIN.
  await press(p, 'Alt+s')
  await page.locator('[data-name=sign-keep]:checked').waitFor()
  await look(p, out, 'sign', fault)
  await page.keyboard.type(PIN)
  await isOpen(ids[1])
  await named(page, 'sign-session').waitFor()
  if ((await page.locator('[data-name=review]').count()) !== 2) fault('what was approved is still in the queue')
  asDesigned('approve the next prescription', presses, fault)

  // Left before it is confirmed: nothing is signed.
  await press(p, 'a')
  await focused(page, 'sign-confirm')
  await page.locator('[data-name=sign-dialog] [data-name=paper]').waitFor()
  await look(p, out, 'sign-kept', fault)
  await press(p, 'Escape')
  await named(page, 'approve').waitFor()

  // Rejected with two reasons by their numbers.
  presses = 0
  await counted('r')
  await named(page, 'reject-form').waitFor()
  await counted('3', '2')
  await look(p, out, 'reject', fault)
  await counted('Enter')
  asDesigned('reject it for two reasons', presses, fault)
  await focused(page, 'sign-confirm')
  await page.locator('[data-name=sign-dialog] [data-name=paper]', { hasText: '存在不良相互作用' }).waitFor()
  await press(p, 'Enter')
  await isOpen(ids[2])
  await current().waitFor()

  // A new one comes in by itself, and the counted badge with it.
  const fresh = await prescribe('琥珀酸美托洛尔缓释片')
  await page.waitForFunction(() => document.querySelectorAll('[data-name=review]').length === 2, undefined, {
    timeout: CHAIN,
  })
  await press(p, 'j')
  await isOpen(fresh)

  // Locked: nothing of it is to be seen, a reload changes nothing, a colleague does not get in, its
  // person does.
  await press(p, 'Alt+l')
  await named(page, 'lock-screen').waitFor()
  await page.reload()
  await named(page, 'lock-screen').waitFor()
  if (await page.locator('[data-name=rx-paper]').count()) fault('a locked desk shows a prescription')
  await look(p, out, 'locked', fault)
  const { staff } = await everybody()
  await focused(page, 'password')
  await page.keyboard.type(staff.find((s) => s.login === 'reviewer.zhou').password)
  await press(p, 'Enter')
  await isOpen(fresh)
  if (await named(page, 'sign-session').count()) fault('a desk that was locked still signs without the PIN')
  await byPhone(browser, p, isOpen, ids[2], out, fault)

  // What was decided is there.
  await press(p, 'v')
  await page.locator('[data-name=review]').nth(1).waitFor()
  await press(p, 'Control+k')
  await page.keyboard.type('退出登录')
  await press(p, 'Enter')
  await named(page, 'agree').waitFor()
  await press(p, 'Enter')
  await focused(page, 'login')
  await look(p, out, 'login', fault)
}
