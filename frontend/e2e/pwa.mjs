// The installable app: its shell starts without a network and shows what its patient saw last,
// marked with the time and read only; of another person, or after log-out, nothing is left; a new
// build breaks no tab that is open. And the looks of a first load: nothing jumps, and how long a
// slow phone takes.
import { createServer, request } from 'node:http'
import { at, base, go, loginPatient, named, person } from './browser.mjs'
import { patientArrives, see, tap, top } from './walk.mjs'
import { furnish } from './ward.mjs'

export const name = 'pwa'
export const own = true

const PATIENCE = 30_000
const KB = 1000

/** A way to the server that can be cut, and that can say that another build is there. */
async function way(to) {
  const state = { cut: false, next: false }
  const target = new URL(to)
  const server = createServer((q, a) => {
    if (state.cut) return q.socket.destroy()
    if (state.next && q.url.startsWith('/assets/')) {
      a.writeHead(404) // of the old build nothing is left on the server
      return a.end()
    }
    const headers = { ...q.headers, host: target.host, ...(state.next ? { 'accept-encoding': 'identity' } : {}) }
    const on = request({ host: target.hostname, port: target.port, path: q.url, method: q.method, headers }, (r) => {
      a.writeHead(r.statusCode, r.headers)
      r.pipe(a)
    })
    on.on('error', () => a.destroy())
    a.on('close', () => on.destroy())
    q.pipe(on)
  })
  await new Promise((done) => server.listen(0, '127.0.0.1', done))
  const cut = () => {
    state.cut = true
    server.closeAllConnections()
  }
  return {
    url: `http://127.0.0.1:${server.address().port}`,
    state,
    cut,
    mend: () => (state.cut = false),
    close: () => server.close(server.closeAllConnections()),
  }
}

const kept = (p) =>
  p.page.evaluate(
    () => [...Object.keys(localStorage), ...Object.keys(sessionStorage)].filter((k) => k.startsWith('seen/')).length,
  )
const onDevice = (p) => p.page.evaluate(() => Object.keys(localStorage).filter((k) => k.startsWith('seen/')).length)

async function offline({ browser, ward, out, fault, road }) {
  const p = await person(browser, { label: 'installed', serviceWorkers: 'allow' })
  p.expects(/ERR_|status of 50\d|Failed to load/)
  await p.page.goto(base)
  await named(p.page, 'remember').click()
  await loginPatient(p.page, 'patient-01')
  await top(p, '[data-name^=rx-]').first().waitFor()
  await go(p.page, `/pages/rx/rx?id=${ward.paid}`)
  await see(p, 'to-pickup')
  await p.page.waitForFunction(() => navigator.serviceWorker.controller, undefined, { timeout: PATIENCE })
  const caught = await p.page.evaluate(async () => {
    const all = []
    for (const name of await caches.keys())
      for (const r of await (await caches.open(name)).keys()) all.push(new URL(r.url).pathname)
    return all
  })
  const strange = caught.filter((path) => path !== '/' && !path.startsWith('/assets/'))
  if (strange.length || caught.length < 20) fault(`the service worker keeps ${caught.length} files, ${strange}`)
  const { icons, display } = await p.page.evaluate(async () =>
    (await fetch(document.querySelector('link[rel=manifest]').href)).json(),
  )
  if (display !== 'standalone' || icons.length < 3) fault('the manifest makes no app')
  for (const i of icons) if (!(await p.page.evaluate(async (src) => (await fetch(src)).ok, i.src))) fault(`no ${i.src}`)
  if (await named(p.page, 'seen').count()) fault('what is new is called old')

  road.cut()
  await p.page.reload()
  await see(p, 'seen', PATIENCE)
  await see(p, 'to-pickup', PATIENCE)
  await p.page.screenshot({ path: `${out}/rx-offline.png` })
  await go(p.page, '/pages/home/home')
  await p.page.reload()
  await top(p, '[data-name^=rx-]').first().waitFor({ timeout: PATIENCE })
  const words = await top(p, '[data-name=seen]').innerText()
  if (!/\d{4}-\d\d-\d\d \d\d:\d\d/.test(words)) fault(`the mark says no time: ${words}`)
  await p.page.screenshot({ path: `${out}/home-offline.png`, fullPage: true })
  road.mend()
  await p.page.reload()
  await top(p, '[data-name^=rx-]').first().waitFor({ timeout: PATIENCE })
  await named(p.page, 'seen').waitFor({ state: 'detached', timeout: PATIENCE })

  if (!(await onDevice(p))) fault('nothing is kept for who stays logged in')
  await go(p.page, '/pages/me/me')
  await tap(p, 'logout')
  await p.page.locator('.uni-modal__btn_primary').click()
  await see(p, 'patient-01')
  if (await kept(p)) fault('after log-out something is kept')
  await p.context.close()
}

/** On a shared device: who does not ask to stay logged in leaves nothing behind. */
async function shared({ browser, fault }) {
  const p = await patientArrives(browser, 'patient-01', 'shared device')
  await top(p, '[data-name^=rx-]').first().waitFor()
  if (!(await kept(p))) fault('nothing is kept in the tab')
  if (await onDevice(p)) fault('papers of who did not ask for it lie on the device')
  await p.context.close()
}

/**
 * The hospital is upgraded under an open tab: pages of its build that it never opened still open,
 * and the next start has the new build.
 */
async function upgraded({ browser, ward, fault, road }) {
  const p = await person(browser, { label: 'upgraded', serviceWorkers: 'allow' })
  await p.page.goto(base)
  await loginPatient(p.page, 'patient-01')
  await p.page.waitForFunction(() => navigator.serviceWorker.controller, undefined, { timeout: PATIENCE })
  await top(p, '[data-name^=rx-]').first().waitFor()
  road.state.next = true
  let loads = 0
  p.page.on('framenavigated', () => loads++)
  await top(p, `[data-name="rx-${ward.dispensed}"], [data-name="rx-${ward.paid}"]`).first().click()
  await top(p, '[data-name=holder]').waitFor({ timeout: PATIENCE })
  road.state.next = false
  if ((await p.page.evaluate(() => performance.getEntriesByType('navigation')[0].type)) === 'reload')
    fault('the tab had to load itself again')
  await p.context.close()
}

/** Sums what moved without the person's doing, as browsers count it. */
const watchShifts = (context) => context.addInitScript(() => {
  globalThis.shifts = []
  new PerformanceObserver((list) => {
    for (const e of list.getEntries())
      if (!e.hadRecentInput)
        globalThis.shifts.push({
          value: e.value,
          of: e.sources.map((s) => s.node?.closest?.('[data-name],[class]')?.className ?? ''),
        })
  }).observe({ type: 'layout-shift', buffered: true })
})

const MOST_SHIFT = 0.1
/** What home shows first. */
const FIRST_OF_HOME = [
  ...['approved', 'paid', 'claimed', 'signed'].map((status) => `/v1/prescriptions?status=${status}`),
  '/v1/patients/me',
]

async function steady({ browser, ward, fault }) {
  const p = await person(browser, { label: 'steady' })
  await watchShifts(p.context)
  await p.page.goto(base)
  await named(p.page, 'remember').click()
  await loginPatient(p.page, 'patient-01')
  const wire = await p.context.newCDPSession(p.page)
  await wire.send('Network.enable')
  await wire.send('Network.emulateNetworkConditions', {
    offline: false,
    latency: 150,
    downloadThroughput: (1600 * KB) / 8,
    uploadThroughput: (750 * KB) / 8,
  })
  const places = [
    '/pages/home/home',
    '/pages/doctors/doctors',
    '/pages/rxs/rxs',
    '/pages/visits/visits',
    '/pages/me/me',
    `/pages/rx/rx?id=${ward.approved}`,
    `/pages/pay/pay?id=${ward.approved}`,
    `/pages/pickup/pickup?id=${ward.paid}`,
    `/pages/chat/chat?id=${ward.visit}`,
    '/pages/profile/profile',
  ]
  const seen = []
  for (const path of places) {
    await p.page.goto(`${base}/?${Math.random()}#${path}`)
    await top(p, '.app').waitFor()
    await p.page.waitForTimeout(2500) // what comes late is what jumps
    const shifts = await p.page.evaluate(() => globalThis.shifts)
    const sum = shifts.reduce((all, s) => all + s.value, 0)
    seen.push(`${path.split('/')[2].split('?')[0]} ${sum.toFixed(3)}`)
    if (sum >= MOST_SHIFT)
      fault(
        `${path} jumps by ${sum.toFixed(3)}: ${JSON.stringify(shifts.sort((a, b) => b.value - a.value).slice(0, 3))}`,
      )
  }
  console.log(`     layout shift: ${seen.join(', ')}`)
  await p.context.close()
}

/**
 * The start of the app asks for what the page needs while the code is on its way, and the page
 * takes these answers: each is asked for once, and none in vain. Bytes are asserted by the tour;
 * how long it takes here says little of elsewhere, so it is printed.
 */
async function slow({ browser, fault }) {
  for (const [label, path] of [['log-in', '/pages/login/login'], ['home', '/pages/home/home']]) {
    const p = await person(browser, { label: `slow ${label}` })
    if (label === 'home') {
      await p.page.goto(base)
      await loginPatient(p.page, 'patient-01')
    }
    const wire = await p.context.newCDPSession(p.page)
    await wire.send('Network.enable')
    await wire.send('Network.setCacheDisabled', { cacheDisabled: true })
    await wire.send('Emulation.setCPUThrottlingRate', { rate: 4 })
    await wire.send('Network.emulateNetworkConditions', {
      offline: false,
      latency: 150,
      downloadThroughput: (1600 * KB) / 8,
      uploadThroughput: (750 * KB) / 8,
    })
    await p.page.goto('about:blank') // what the page before it still asks for is not counted
    const asked = []
    p.page.on('request', (r) => /\/(v1|sandbox)\//.test(r.url()) && asked.push(r.url().slice(base.length)))
    await p.page.goto(`${base}/?${Math.random()}#${path}`)
    await top(p, label === 'home' ? '[data-name^=rx-]' : '[data-name=patient-01]').first().waitFor({ timeout: 60_000 })
    await p.page.waitForTimeout(500)
    const early = await p.page.evaluate(() =>
      globalThis.asked ? [...globalThis.asked.keys()].map((key) => key.slice(key.indexOf('/'))) : undefined,
    )
    if (early?.length !== 0) fault(`slow ${label}: asked in vain for ${early}`)
    for (const url of label === 'home' ? FIRST_OF_HOME : ['/sandbox/ward']) {
      const times = asked.filter((x) => x === url).length
      if (times !== 1) fault(`slow ${label}: ${url} was asked for ${times} times`)
    }
    const { largest, first } = await p.page.evaluate(() => new Promise((done) => {
      const paint = performance.getEntriesByName('first-contentful-paint')[0]
      new PerformanceObserver((list) =>
        done({ largest: list.getEntries().pop().startTime, first: paint?.startTime }),
      ).observe({ type: 'largest-contentful-paint', buffered: true })
    }))
    console.log(
      `     slow 4G and a CPU four times slower, ${label}: first paint with content ${Math.round(
        first,
      )} ms, largest ${Math.round(largest)} ms`,
    )
    await p.context.close()
  }
}

export async function run({ server, browser, out, fault }) {
  const ward = await furnish(browser)
  const road = await way(server.url)
  at(road.url)
  try {
    const all = { browser, ward, out, fault, road }
    await offline(all)
    await shared(all)
    await upgraded(all)
    await steady(all)
    await slow(all)
  } finally {
    road.close()
    at(server.url)
  }
}
