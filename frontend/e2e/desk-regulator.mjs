// The regulator's day at the regulator's own node, by keyboard: log-in, figures that move by
// themselves, a finding with its evidence; and the administrator's, who keeps the accounts and
// reads nothing.
import { readFileSync } from 'node:fs'
import { at, base, named, person } from './browser.mjs'
import { makeCity } from './city.mjs'
import { onePaid, clinic } from './ward.mjs'
import { CHAIN } from './walk.mjs'

const chosen = {
  chief: 'the chief of this test',
  reader: 'the reader of this test',
  counts: 'the counter of this test',
}
/** As many persons as make a number that is told. */
const TOLD = 11

/** Ten more, each with an illness on file and a medicine of it. */
const patients = [
  ['01', 'I10', '苯磺酸氨氯地平片'],
  ['07', 'I10', '苯磺酸氨氯地平片'],
  ['09', 'I10', '苯磺酸氨氯地平片'],
  ['11', 'I10', '苯磺酸氨氯地平片'],
  ['04', 'E11.9', '盐酸二甲双胍片'],
  ['12', 'E11.9', '盐酸二甲双胍片'],
  ['06', 'K29.5', '奥美拉唑肠溶胶囊'],
  ['10', 'K29.5', '奥美拉唑肠溶胶囊'],
  ['05', 'L20.9', '盐酸西替利嗪片'],
  ['08', 'J06.9', '盐酸西替利嗪片'],
]
const written = async ([user, diagnosis, drug]) => (await clinic(`patient-${user}`, diagnosis))(drug)

async function call(method, path, token, body) {
  const answer = await fetch(base + path, {
    method,
    headers: {
      ...(body ? { 'Content-Type': 'application/json' } : {}),
      ...(token ? { Authorization: `Bearer ${token}` } : {}),
      'Idempotency-Key': Math.random().toString(36).padEnd(12, '0'),
    },
    body: body && JSON.stringify(body),
  })
  if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`)
  const text = await answer.text()
  return text ? JSON.parse(text) : undefined
}

/** The first log-in chooses a password, on the phone's page in earnest. */
async function choosePassword(login, given) {
  const { token } = await call('POST', '/v1/sessions', '', { login, password: given })
  await call('PUT', '/v1/me/password', token, { old: given, password: chosen[login] })
}

export async function regulator(browser, out, fault, { modes, heights, everyScene, look, press, focused }) {
  const ward = base
  process.env.HOSPITAL_ADMIN_SECOND_FACTOR = 'false'
  const city = await makeCity()
  try {
    const [, given] = /password (\S+)/.exec(await city.run('node', 'admin', '--dir', 'r1', '--login', 'chief'))
    await Promise.all(city.members.map(city.start))
    await Promise.all(city.members.map(city.ready))
    at(city.url('h1'))
    await onePaid('patient-03', true)
    for (const who of patients.slice(0, 6)) await written(who)
    at(city.url('r1'))
    await choosePassword('chief', given)

    const sits = async (login) => {
      const p = await person(browser, {
        label: login,
        deviceScaleFactor: 1,
        hasTouch: false,
        viewport: { width: 1440, height: heights[1440] },
        settings: modes[0].settings,
      })
      await p.page.goto(`${base}/desk/`)
      await focused(p.page, 'login')
      await p.page.keyboard.type(login)
      await press(p, 'Tab')
      await p.page.keyboard.type(chosen[login])
      await press(p, 'Enter')
      await named(p.page, 'to-phone').waitFor()
      return p
    }

    // Accounts: one is made, and chooses its password.
    const chief = await sits('chief')
    const rows = (p, table) => p.page.locator(`[data-name=table-${table}] [data-row]`)
    await rows(chief, 'people').first().waitFor()
    await press(chief, 'n')
    await focused(chief.page, 'new-login')
    await chief.page.keyboard.type('reader')
    await press(chief, 'Tab', 'Tab')
    await chief.page.keyboard.type('a password to be changed')
    await press(chief, 'Enter')
    await rows(chief, 'people').nth(1).waitFor()
    await choosePassword('reader', 'a password to be changed')
    await everyScene(chief, 'regulator-people', '/people', () => rows(chief, 'people').nth(1).waitFor(), out, fault)
    await chief.page.goto(`${base}/desk/?x#/overview`)
    await rows(chief, 'people').first().waitFor() // no figures for who keeps the accounts

    const p = await sits('reader')
    const { page } = p
    page.on('filechooser', () => undefined) // the browser is told early: a key may overtake that word
    const told = (kind) => named(page, `total-${kind}`).innerText()
    const until = (kind, want) =>
      page.waitForFunction(
        ([n, w]) => document.querySelector(`[data-name="${n}"]`)?.textContent === w,
        [`total-${kind}`, want],
        { timeout: CHAIN },
      )
    await until('rx.issue', '<11')
    // Eleven persons: the number is told, and the page shows it by itself.
    at(city.url('h1'))
    for (const who of patients.slice(6)) await written(who)
    at(city.url('r1'))
    await page.waitForFunction(
      (least) => Number(document.querySelector('[data-name="total-rx.issue"]')?.textContent) >= least,
      TOLD,
      { timeout: CHAIN },
    )
    const few = await told('pay.settle')
    if (few !== '<11') fault(`one settlement is told as ${few}`)
    await named(page, 'root-agrees').waitFor({ timeout: CHAIN })
    await named(page, 'no-gaps').waitFor()
    const asBefore = () =>
      named(page, 'kind-rx.issue')
        .waitFor()
        .then(() => named(page, 'root-agrees').waitFor({ timeout: CHAIN }))
    await press(p, '2')
    await page.waitForFunction(
      () => document.querySelector('[data-name=unit-month]')?.getAttribute('aria-pressed') === 'true',
    )
    await press(p, '1')
    await named(page, 'kind-rx.issue').focus()
    await press(p, 'ArrowDown')
    await page.waitForFunction(
      () => document.querySelector('[data-name="kind-rx.approve"]')?.getAttribute('aria-selected') === 'true',
    )
    const [file] = await Promise.all([page.waitForEvent('download'), press(p, 'e')])
    const text = readFileSync(await file.path(), 'utf8')
    if (!text.startsWith('\ufeff') || !text.includes('<11') || /^[=+@-]/m.test(text.slice(1)))
      fault(`the file is not what is shown: ${text.slice(0, 300)}`)
    await everyScene(p, 'regulator-overview', '/overview', asBefore, out, fault)

    await press(p, 'Alt+2')
    await rows(p, 'findings').first().waitFor()
    await rows(p, 'findings').first().focus()
    await press(p, 'Enter')
    await named(page, 'finding').waitFor()
    await press(p, 'c')
    await named(page, 'evidence-good').waitFor({ timeout: CHAIN })
    const [evidence] = await Promise.all([page.waitForEvent('download'), press(p, 'e')])
    if (!JSON.parse(readFileSync(await evidence.path(), 'utf8')).finding) fault('the saved file has no finding')
    const opened = decodeURIComponent(page.url().split('#')[1])
    await everyScene(
      p,
      'regulator-findings',
      opened,
      () =>
        named(page, 'finding')
          .waitFor()
          .then(() => rows(p, 'findings').first().waitFor()),
      out,
      fault,
    )
    await named(page, 'to-life').focus()
    await press(p, 'Enter')
    await page.locator('[data-name=subject] li').first().waitFor()
    await look(p, out, 'regulator-life', fault)

    // Every record of the days up to today with its receipt: one file, whole, and verified here and
    // on the page for strangers.
    await page.goto(`${base}/desk/?z#/export`)
    const today = new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10)
    await named(page, 'export-to').fill(today)
    await named(page, 'export-to').blur()
    await press(p, 'e')
    await named(page, 'export-ready').waitFor({ timeout: CHAIN })
    const [archive] = await Promise.all([page.waitForEvent('download'), press(p, 'd')])
    const path = await archive.path()
    if (readFileSync(path).subarray(0, 2).toString() !== 'PK') fault('the export is no archive')
    await named(page, 'export-saving').waitFor()
    // What broke off goes on: the same bytes from any of them on, by the link that began; nobody
    // begins with it again.
    const link = archive.url()
    const got = async (range) => {
      const r = await fetch(link, { headers: range ? { Range: range } : {} })
      return [r.status, Buffer.from(await r.arrayBuffer())]
    }
    const [status, rest] = await got('bytes=1000-')
    if (status !== 206 || !rest.equals(readFileSync(path).subarray(1000)))
      fault(`the download does not go on: ${status}, ${rest.length} bytes`)
    const [again] = await got()
    if (again !== 403) fault(`the link begins a second download: ${again}`)
    const [chooser] = await Promise.all([page.waitForEvent('filechooser'), press(p, 'c')])
    await chooser.setFiles({
      name: archive.suggestedFilename(),
      mimeType: 'application/zip',
      buffer: readFileSync(path),
    })
    await named(page, 'export-good').waitFor({ timeout: CHAIN * 4 })
    await look(p, out, 'regulator-export-checked', fault)
    await everyScene(p, 'regulator-export', '/export', () => named(page, 'export-make').waitFor(), out, fault)
    await page.goto(`${base}/desk/?v#/verify`)
    await named(page, 'verify-files').setInputFiles({
      name: archive.suggestedFilename(),
      mimeType: 'application/zip',
      buffer: readFileSync(path),
    })
    await page.locator('[data-name=table-verify] .is-good').first().waitFor({ timeout: CHAIN * 4 })
    await look(p, out, 'regulator-export-verified', fault)

    const machine = await city.run(
      'node',
      'export',
      '--dir',
      'r1',
      '--from',
      today,
      '--to',
      today,
      '--out',
      'today.zip',
    )
    if (!machine.includes('complete: every record')) fault(`the command says ${machine}`)

    // Figures alone: no finding, no export, and no way there.
    await press(chief, 'n')
    await focused(chief.page, 'new-login')
    await chief.page.keyboard.type('counts')
    await press(chief, 'Tab', 'ArrowDown')
    await look(chief, out, 'regulator-role', fault)
    await press(chief, 'Tab')
    await chief.page.keyboard.type('a password to be changed')
    await press(chief, 'Enter')
    await rows(chief, 'people').nth(2).waitFor()
    await choosePassword('counts', 'a password to be changed')
    const analyst = await sits('counts')
    await named(analyst.page, 'kind-rx.issue').waitFor()
    if (await named(analyst.page, 'found').count()) fault('an analyst is shown findings')
    await look(analyst, out, 'regulator-analyst', fault)
    await analyst.page.goto(`${base}/desk/?a#/findings`)
    await named(analyst.page, 'kind-rx.issue').waitFor()
    if (/findings/.test(analyst.page.url())) fault('an analyst is at the findings')

    // Who read what.
    await chief.page.goto(`${base}/desk/?y#/audit`)
    await rows(chief, 'audit').first().waitFor()
    const log = await chief.page.locator('[data-name=table-audit]').innerText()
    for (const what of ['figures', 'findings', 'evidence ', ' records'])
      if (!log.includes(what)) fault(`the log tells nothing of ${what}`)
    await look(chief, out, 'regulator-audit', fault)
    await Promise.all([p, chief, analyst].map((x) => x.context.close())) // before their node goes
  } finally {
    at(ward)
    await city.close()
  }
}
