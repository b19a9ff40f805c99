// A live consortium by clicking: who its members are and who sealed what, a vote from its first
// ballot to the list it makes, two of four nodes killed and back, what the regulator's rules found
// with its evidence, and a patient's proof as a file for a stranger.
import { readFileSync } from 'node:fs'
import { setTimeout as pause } from 'node:timers/promises'
import { at, named, person } from './browser.mjs'
import { startCity } from './city.mjs'
import { patientHands } from './hands.mjs'
import { CHAIN, back, patientArrives, see, tap, top, type } from './walk.mjs'
import { onePaid } from './ward.mjs'

export const name = 'consortium'
export const start = startCity

const wide = { language: 'en', theme: 'dark', scale: 1.8 }
const elder = { language: 'zh-Hans', theme: 'light', scale: 1.4 }

export async function run({ server: city, browser, out, fault }) {
  const shot = (p, what) => p.page.screenshot({ path: `${out}/${what}.png`, fullPage: true })
  const rx = await onePaid('patient-03', true)
  const same = (what, got, want) => got === want || fault(`${what}: ${got}, want ${want}`)

  /** Somebody at a member's node, whose first page is the explorer. */
  async function look(member, label, settings) {
    at(city.at(member))
    const p = await person(browser, { label, settings })
    await p.page.goto(city.at(member))
    await see(p, 'chain-ready')
    return p
  }

  const stranger = await look('i1', 'stranger')
  await members(stranger)
  await sealed(stranger)
  await vote(stranger)
  await blackout(stranger)
  await regulator()
  await proof()

  async function members(p) {
    same('entry of the findings at the insurer', await named(p.page, 'go-findings').count(), 0)
    await tap(p, 'go-members')
    await see(p, 'founded')
    const cells = await top(p, '[data-name^=member-]').allInnerTexts()
    same('members with a vote', cells.filter((c) => c.includes('票权 1/4')).length, 4)
    same('the regulator', (await named(p.page, 'member-r1').innerText()).includes('无票权'), true)
    same('open votes', await named(p.page, 'open-vote').count(), 0)
    await shot(p, 'members')
    await back(p)
  }

  /** The newest record's page, by way of its block. */
  async function sealed(p) {
    await tap(p, 'go-blocks')
    await top(p, '[data-name^=block-]').nth(1).click() // the newest one's seals may be on their way
    await top(p, '[data-name^=record-]').first().click()
    await tap(p, 'check-receipt')
    await see(p, 'verdict-good')
    const names = (await top(p, '.app-item').filter({ hasText: '盖章机构' }).locator('.value').innerText()).split('、')
    if (names.length < 3 || names.length > 4 || new Set(names).size !== names.length) fault(`sealed by ${names}`)
    await shot(p, 'record')
    for (let i = 0; i < 3; i++) await back(p)
  }

  async function vote(p) {
    await city.run('consortium', 'propose', '--dir', 'i1', '--suspend', 'p2', '--out', 'change.json')
    for (const member of ['i1', 'h2']) await city.run('consortium', 'vote', '--dir', member, 'change.json')
    await tap(p, 'go-members')
    await see(p, 'open-vote')
    same('so far', await named(p.page, 'so-far').innerText(), '2 票，需 3 票')
    await shot(p, 'voting')
    for (const [label, settings] of [['voting-english', wide], ['voting-elder', elder]]) {
      const other = await look('g1', label, settings) // the same at another node
      await tap(other, 'go-members')
      await see(other, 'open-vote')
      await shot(other, label)
      await other.context.close()
    }
    await tap(p, 'open-vote')
    await see(p, 'voted-on')
    await see(p, 'status-voted')
    same('votes', await top(p, '[data-name^=record-]').count(), 2)
    await back(p)

    await city.run('consortium', 'vote', '--dir', 'g1', 'change.json')
    await back(p)
    await tap(p, 'go-members')
    await top(p, '[data-name^=change-]').waitFor()
    same('open votes', await named(p.page, 'open-vote').count(), 0)
    same('the change', /停权[\s\S]*赞成/.test(await top(p, '[data-name^=change-]').innerText()), true)
    await shot(p, 'voted')
    await writes('patient-04', 'patient-05') // the list is in force two blocks on
    await back(p)
    await tap(p, 'go-members')
    await tap(p, 'member-p2')
    await top(p, '.app-danger').getByText('已停权').waitFor()
    await shot(p, 'suspended')
    for (let i = 0; i < 2; i++) await back(p)
  }

  /** Looks at the page again and again, as a person would who comes back to it. */
  async function until(p, entry, name, patience = 60_000) {
    for (const end = Date.now() + patience; ; await pause(1000)) {
      await tap(p, entry)
      await top(p, '[data-name^=peer-]').first().waitFor()
      if (await named(p.page, name).count()) return
      if (Date.now() > end) throw new Error(`no ${name} at ${p.page.url()}`)
      await back(p)
    }
  }

  async function blackout(p) {
    await Promise.all(['g1', 'h2'].map(city.kill))
    await until(p, 'go-alarms', 'alarm-no-quorum')
    const peers = async (word) =>
      (await top(p, '[data-name^=peer-]').allInnerTexts()).filter((c) => c.includes(word)).length
    same('nodes that do not answer', await peers('无应答'), 2)
    await shot(p, 'alarms')
    await back(p)
    await see(p, 'alarm-banner')
    same('the banner', /票权不足/.test(await named(p.page, 'alarm-banner').innerText()), true)
    same('making blocks', /否/.test(await named(p.page, 'chain-ready').innerText()), true)
    await shot(p, 'banner')

    await Promise.all(['g1', 'h2'].map(city.start))
    await until(p, 'go-alarms', 'no-alarms')
    same('nodes that do not answer', await peers('无应答'), 0)
    await top(p, '').getByText('成员的票权不足').or(top(p, '').getByText('票权不足三分之二')).first().waitFor()
    await shot(p, 'alarms-past')
    await back(p)
    await writes('patient-06')
  }

  /** The chain takes a record of each: a new key. */
  async function writes(...users) {
    at(city.url)
    for (const user of users) await (await patientHands(user)).enrol()
  }

  async function regulator() {
    const p = await look('r1', 'regulator')
    await tap(p, 'go-findings')
    p.expects(/status of 401/) // the first token
    await type(p, 'token', 'not the one')
    await tap(p, 'enter')
    await named(p.page, 'token').getByRole('alert').waitFor()
    await type(p, 'token', 'a'.repeat(64))
    await tap(p, 'enter')
    await named(p.page, 'token').getByRole('alert').waitFor()
    await shot(p, 'token')
    await type(p, 'token', city.token())
    await tap(p, 'enter')
    await see(p, 'root-agrees', CHAIN)
    await see(p, 'no-gaps')
    await see(p, 'finding-many-packages')
    await shot(p, 'findings')
    await tap(p, 'rules')
    await see(p, 'rule-five-drugs')
    await shot(p, 'rules')
    await tap(p, 'finding-many-packages')
    await tap(p, 'check-evidence')
    await see(p, 'evidence-good')
    await see(p, 'item-good')
    await see(p, 'trust-unknown')
    await shot(p, 'finding')
    const [file] = await Promise.all([p.page.waitForEvent('download'), tap(p, 'save-evidence')])
    const dossier = readFileSync(await file.path(), 'utf8')
    if (!/^many-packages-\d+\.json$/.test(file.suggestedFilename())) fault(`saved as ${file.suggestedFilename()}`)
    await tap(p, 'to-subject')
    await top(p, '[data-name^=status-]').waitFor()
    await back(p)
    const kept = await p.page.evaluate(() =>
      JSON.stringify([{ ...localStorage }, { ...sessionStorage }, document.cookie]),
    )
    if (kept.includes(city.token()) || [...p.urls].some((u) => u.includes(city.token())))
      fault('the token is kept on the device or in an address')
    await p.page.reload()
    await see(p, 'token') // it was in the page's memory alone

    const english = await look('r1', 'regulator-english', wide)
    await tap(english, 'go-findings')
    await type(english, 'token', city.token())
    await tap(english, 'enter')
    await see(english, 'root-agrees', CHAIN)
    await shot(english, 'findings-english')
    await tap(english, 'finding-many-packages')
    await tap(english, 'check-evidence')
    await see(english, 'evidence-good')
    await shot(english, 'finding-english')

    await brought(stranger, dossier, 'good', 'dossier')
    await brought(
      stranger,
      dossier.replace(/"salt":"./, '"salt":"').replace(/("salt":"[^"]*)"/, '$1A"'),
      'bad',
      'dossier-forged',
    )
  }

  /** A file at somebody's own node: pasted and checked. */
  async function brought(p, text, verdict, picture, trust = 'trust-unknown') {
    await tap(p, 'go-verify')
    await type(p, 'receipt', text)
    await tap(p, 'verify')
    await see(p, `evidence-${verdict}`, CHAIN)
    await see(p, trust)
    await shot(p, picture)
    await back(p)
  }

  async function proof() {
    at(city.url)
    const patient = await patientArrives(browser, 'patient-03')
    await tap(patient, `rx-${rx}`)
    await tap(patient, 'verify')
    await top(patient, '[data-name=proof-good]').waitFor({ timeout: CHAIN })
    const [file] = await Promise.all([patient.page.waitForEvent('download'), tap(patient, 'save-proof')])
    const text = readFileSync(await file.path(), 'utf8')
    await shot(patient, 'proof')
    const { evidence, history, v } = JSON.parse(text)
    same(
      'the file',
      [file.suggestedFilename(), v, evidence.length, history.adoptions.length].join(' '),
      `${rx}-proof.json 1 3 1`,
    )
    await brought(stranger, text, 'good', 'proof-verified')
    await brought(stranger, text.replace('"document":"ey', '"document":"ez'), 'bad', 'proof-forged')

    // The patient's own device has checked this consortium's lists before.
    await patient.page.goto(`${city.url}/#/pkg-regulator/home/home`)
    await brought(patient, text, 'good', 'proof-at-home', 'trust-same')
  }
}
