// Every page with something in it, in the modes that dealt.mjs gives it: pictures, axe, boxes and
// words (looks.mjs). Then the first load's size, and a slow phone.
import { mkdir } from 'node:fs/promises'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { base, enrolKey, go, loginPatient, loginStaff, named, people, person } from './browser.mjs'
import { looksOf } from './dealt.mjs'
import { axeFaults, layoutFaults, still } from './looks.mjs'
import { stops } from './stops.mjs'
import { furnish } from './ward.mjs'

export const name = 'tour'
export const own = true

export const modes = {
  light: { language: 'zh-Hans', theme: 'light', scale: 1 },
  dark: { language: 'zh-Hans', theme: 'dark', scale: 1 },
  elder: { language: 'zh-Hans', theme: 'light', scale: 1.4 },
  large: { language: 'zh-Hans', theme: 'dark', scale: 1.8 },
  english: { language: 'en', theme: 'light', scale: 1 },
}

const { pages, subPackages } = JSON.parse(readFileSync(new URL('../src/pages.json', import.meta.url), 'utf8'))
const every = [...pages.map((p) => p.path), ...subPackages.flatMap((s) => s.pages.map((p) => `${s.root}/${p.path}`))]
const KB = 1000
const MOST = 140 * KB

/**
 * Logs each role in once, with a key where it signs; every mode begins with what the device keeps
 * then.
 */
export async function enter(browser) {
  const enterers = {
    nobody: async () => undefined,
    patient: (page) => loginPatient(page, 'patient-01'),
    newcomer: (page) => loginPatient(page, 'patient-05'),
    doctor: (page) => loginStaff(page, 'doctor.li'),
    reviewer: (page) => loginStaff(page, 'reviewer.zhou'),
    dispenser: (page) => loginStaff(page, 'pharmacy.p1'),
    regulator: (page) => loginStaff(page, 'regulator'),
    admin: (page) => loginStaff(page, 'admin'),
  }
  const kept = {}
  const each = async (...roles) => {
    for (const role of roles) {
      const p = await person(browser, { label: role })
      await go(p.page, '/pages/login/login')
      await named(p.page, 'remember').click() // a context made of this state is another start
      await enterers[role](p.page)
      if (['patient', 'doctor', 'reviewer', 'dispenser'].includes(role)) await enrolKey(p.page)
      kept[role] = await p.context.storageState()
      await p.context.close()
    }
  }
  // One by one: administrators approve every key that waits.
  const staff = ['doctor', 'reviewer', 'dispenser', 'regulator', 'admin']
  await Promise.all([each(...staff), each(...Object.keys(enterers).filter((role) => !staff.includes(role)))])
  return kept
}

/**
 * Knows what is on its way, to tell when a page has come to rest; the stream of events never ends.
 * Waits `most` ms at the longest. What the page before asked for is forgotten when the next one is:
 * the browser does not always tell how it ended.
 */
export function rest(page, most = 4000) {
  const open = new Set()
  const waits = (r) => /^(fetch|xhr|script|image|stylesheet)$/.test(r.resourceType()) && !r.url().includes('/v1/events')
  page.on('request', (r) => {
    if (r.isNavigationRequest() && !r.frame().parentFrame()) open.clear()
    if (waits(r)) open.add(r)
  })
  page.on('requestfinished', (r) => open.delete(r))
  page.on('requestfailed', (r) => open.delete(r))
  return async () => {
    for (let quiet = 0, tries = 0; quiet < 3 && tries < most / 40; tries++) {
      await pause(40)
      quiet = open.size ? 0 : quiet + 1
    }
  }
}

const screen = { width: 390, height: 844 }
const longest = 2400

/**
 * The whole page: the screen grows with it, so that bars stay at its end. What lies over the page
 * is taken as it is.
 */
async function picture(page, path) {
  const covered = await page
    .locator(
      '[role=dialog]:visible,uni-modal:visible,uni-actionsheet .uni-actionsheet_toggle,.uni-picker-container:visible',
    )
    .count()
  const height = covered ? 0 : await page.evaluate(() => document.documentElement.scrollHeight)
  if (height > screen.height) await page.setViewportSize({ ...screen, height: Math.min(height, longest) })
  await page.screenshot({ path, animations: 'disabled' })
  if (height > screen.height) await page.setViewportSize(screen)
}

async function stopAt(p, stop, { ward, folder, mode, role, data, fault, rested }) {
  const { page } = p
  const path = stop.at(ward)
  const home = stop.page ?? path.slice(1).replace(/\?.*/, '')
  const label = stop.name ?? (home.startsWith('pages/') ? home.split('/')[1] : home.split('/').slice(0, 2).join('-'))
  try {
    await stop.before?.(page)
    await page.goto(`${base}/?${Math.random()}#${path}`)
    const there = page
      .locator(/^[a-z-]+\d*$/.test(stop.needs) ? `[data-name="${stop.needs}"]:visible` : `${stop.needs}:visible`)
      .first()
    if (!stop.as) await there.waitFor()
    else {
      await rested()
      await stop.as(page, ward)
      await there.waitFor({ timeout: 60_000 })
    }
    await rested()
    await still(page)
    if (!page.url().includes(`#/${home}`)) throw new Error(`is at ${page.url()}`)
    await picture(page, join(folder, `${label}.png`))
    for (const f of await layoutFaults(page, modes[mode], [...data, ...(stop.chinese ?? [])]))
      fault(`${mode} ${label}: ${f}`)
    for (const f of await axeFaults(page, 'serious', 'critical')) fault(`${mode} ${label}: axe ${f}`)
    await page.unrouteAll()
  } catch (e) {
    fault(`${mode} ${label} (${role}): ${e.message.split('\n').slice(0, 3).join(' ')}`)
    await page.unrouteAll()
    await page.screenshot({ path: join(folder, `${label}-fault.png`) }).catch(() => undefined)
  }
  return home
}

/** A role's stops in one mode: all of them, or those whose turn it is. */
async function walk(browser, mode, role, its, shared) {
  const p = await person(browser, {
    settings: modes[mode],
    label: `${mode} ${role}`,
    deviceScaleFactor: 1,
    storageState: shared.kept[role],
  })
  p.expects(...its.flatMap((s) => s.faults ?? []))
  const rested = rest(p.page)
  for (const stop of its) {
    const page = await stopAt(p, stop, { ...shared, mode, role, rested, folder: join(shared.out, mode) })
    shared.drawn.set(page, (shared.drawn.get(page) ?? new Set()).add(mode))
  }
  await p.context.close()
}

/** Who walks where in which mode. TOUR is a pattern of a mode and a role that are walked whole. */
function walks() {
  const [usual, ...others] = Object.keys(modes)
  const all = Object.entries(stops).flatMap(([role, its], i) =>
    its.map((stop, n) => ({ role, stop, dealt: looksOf(i + n, usual, others) })),
  )
  const wanted = process.env.TOUR && new RegExp(process.env.TOUR)
  const jobs = Object.keys(modes).flatMap((mode) => Object.keys(stops).map((role) => {
    const asked = wanted ? wanted.test(`${mode} ${role}`) : undefined
    return {
      mode,
      role,
      its: all.filter((e) => e.role === role && (asked ?? e.dealt.includes(mode))).map((e) => e.stop),
    }
  }))
  return jobs.filter(({ its }) => its.length)
}

/** Bytes on the wire until a stranger sees the first page. */
export async function firstLoad(browser) {
  const p = await person(browser, { label: 'first load' })
  const wire = await p.context.newCDPSession(p.page)
  await wire.send('Network.enable')
  let bytes = 0
  const scripts = []
  wire.on('Network.loadingFinished', (e) => (bytes += e.encodedDataLength))
  p.page.on('request', (r) => r.resourceType() === 'script' && scripts.push(new URL(r.url()).pathname))
  await p.page.goto(base)
  await named(p.page, 'patient-01').waitFor()
  await p.page.waitForLoadState('networkidle')
  await p.context.close()
  return { bytes, scripts }
}

/** A phone four times slower than this machine on a bad network: what comes up comes up once. */
async function slowPhone(browser, shared) {
  const p = await person(browser, { settings: modes.light, label: 'slow phone', storageState: shared.kept.patient })
  const rested = rest(p.page, 60_000)
  const wire = await p.context.newCDPSession(p.page)
  await wire.send('Network.enable')
  await wire.send('Emulation.setCPUThrottlingRate', { rate: 4 })
  await wire.send('Network.emulateNetworkConditions', {
    offline: false,
    latency: 400,
    downloadThroughput: (400 * KB) / 8,
    uploadThroughput: (200 * KB) / 8,
  })
  const once = async (selector) => {
    const names = await p.page.locator(`${selector}:visible`).evaluateAll((all) => all.map((e) => e.dataset.name))
    if (!names.length || new Set(names).size !== names.length)
      shared.fault(`slow phone: ${selector} is there as ${names}`)
  }
  await p.page.goto(`${base}/#/pages/home/home`)
  await p.page.locator('[data-name^=rx-]:visible').first().waitFor({ timeout: 60_000 })
  await rested()
  await once('[data-name^=rx-]')
  await once('[data-name^=way-]')
  await p.page.locator(`[data-name="rx-${shared.ward.approved}"]:visible`).dblclick()
  await named(p.page, 'to-pay').waitFor({ timeout: 60_000 })
  await rested()
  await once('[data-name=to-pay]')
  await p.page.goBack()
  await p.page.locator('[data-name^=way-]:visible').first().waitFor({ timeout: 60_000 }) // two taps opened one page
  await p.context.close()
}

export async function run({ browser, out, fault }) {
  const ward = await furnish(browser)
  const shared = { ward, out, fault, kept: await enter(browser), data: ward.words, drawn: new Map() }
  for (const mode of Object.keys(modes)) await mkdir(join(out, mode), { recursive: true })
  const jobs = walks()
  const worker = async () => {
    for (let job = jobs.shift(); job; job = jobs.shift()) await walk(browser, job.mode, job.role, job.its, shared)
  }
  await Promise.all([worker(), worker()])
  if (!process.env.TOUR) {
    for (const page of every) {
      const as = [...(shared.drawn.get(page) ?? [])]
      if (!as.includes('light') || as.length < 2) fault(`the tour stops at ${page} in these modes alone: ${as}`)
    }
  }

  const { bytes, scripts } = await firstLoad(browser)
  console.log(`     first load: ${(bytes / KB).toFixed(1)} KB in ${scripts.length} scripts`)
  if (bytes > MOST) fault(`first load: ${bytes} bytes`)
  if (scripts.some((s) => /signing|sm-crypto/.test(s))) fault(`first load: the signing code came along: ${scripts}`)
  await slowPhone(browser, shared)
  if (people.length === 0) throw new Error('nobody toured')
}
