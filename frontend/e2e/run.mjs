// Every browser suite on real servers, two at a time (lanes.mjs):
//   HOSPITAL_BINARY=… node e2e/run.mjs OUT [suite…]
//     OUT keeps the pictures
//   HOSPITAL_URL=http://127.0.0.1:8080 node e2e/run.mjs OUT flow
//     against a server that already runs
// HOSPITAL_LANES=1 runs them one after another.
//
// A suite is a module e2e/<name>.mjs that exports
//   name    const, what it is called here
//   start   async function, optional: starts what the suite is about, in place of a ward; answers
//           as startServer does
//   own     const, true when it needs a server of its own: it kills it, or counts on a fresh ward.
//           Otherwise it gets the shared one.
//   run     async function ({ server, browser, out, fault }); whoever throws has failed
//     server   as of server.mjs: url, stop(), kill(), restart(), log(n); `go` and `base` of
//              browser.mjs already point at it
//     browser  a fresh Chromium; another with more flags comes from open([...]) of browser.mjs and
//              is closed here as well
//     out      folder for its pictures, which exists
//     fault    notes a fault, such as a finding of axe, without ending the suite
// Another suite may run beside it: nothing may depend on how fast the machine is. Console errors,
// page errors and requests to elsewhere are faults for everyone made by person(); what must come
// up, such as a refusal that a twin is about, is announced with its `expects(/…/)`. A suite that
// fails leaves a picture of every page open.
import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { at, cleanUp, open, people } from './browser.mjs'
import { inLanes, toldWhole } from './lanes.mjs'
import { foreignServer, startServer } from './server.mjs'

// The longest first, so that the lanes end together; those that share a server in the order that
// they come in there.
const names = [
  'tour', 'desk', 'office', 'pwa', 'fingerprint', 'consortium', 'flow', 'events', 'sessions', 'family', 'twins',
  'camera', 'appointment', 'elder', 'back', 'print', 'explorer', 'bundle', 'keyboard', 'consent', 'queue', 'triage',
  'doctors', 'pickup', 'home', 'restart',
]
const suites = await Promise.all(names.map((name) => import(`./${name}.mjs`)))
const limit = 20 * 60_000 // a suite that hangs must not hang the whole run

const [out, ...asked] = process.argv.slice(2)
const unknown = asked.filter((name) => !names.includes(name))
if (!out || unknown.length) {
  console.error(
    `${unknown.length ? `no suite ${unknown.join(', ')}; ` : ''}usage: node e2e/run.mjs OUT [${names.join('|')}]…`,
  )
  process.exit(2)
}

const newServer = () => (process.env.HOSPITAL_URL ? foreignServer(process.env.HOSPITAL_URL) : startServer())
let shared

async function play(suite) {
  const folder = join(out, suite.name)
  await rm(folder, { recursive: true, force: true }) // no picture of an earlier run
  await mkdir(folder, { recursive: true })
  const faults = []
  let server, late
  try {
    server = suite.start ? await suite.start() : suite.own ? await newServer() : (shared ??= await newServer())
    at(server.url)
    const browser = await open()
    await Promise.race([
      suite.run({ server, browser, out: folder, fault: (text) => faults.push(text) }),
      new Promise(
        (_, no) => (late = setTimeout(() => no(new Error(`not done after ${limit / 60_000} minutes`)), limit)),
      ),
    ])
  } catch (e) {
    faults.push(e.stack ?? String(e))
  }
  clearTimeout(late)
  for (const p of people) faults.push(...p.faults.map((f) => `${p.label}: ${f}`))
  if (faults.length) {
    const pages = people.flatMap((p) =>
      p.context.pages().map((page, i) => ({ page, name: `fault-${p.label}${i || ''}.png` })),
    )
    for (const { page, name } of pages) {
      console.error(`  ${name} is of ${page.url()}`)
      await page
        .screenshot({ path: join(folder, name), fullPage: true, timeout: 10_000 })
        .catch((e) => console.error(`  no ${name}: ${e.message}`))
    }
    console.error(`  the server's last words:\n${server?.log()}`)
  }
  await cleanUp()
  if (suite.own || suite.start) await server?.close()
  return faults
}

/** Plays these suites one after another; answers those that failed. */
async function one(suites) {
  const ended = toldWhole()
  const failed = []
  for (const suite of suites) {
    const since = Date.now()
    const faults = await play(suite)
    console.log(`${faults.length ? 'FAIL' : 'ok  '} ${suite.name} (${((Date.now() - since) / 1000).toFixed(1)} s)`)
    for (const f of faults) console.log(`     ${f}`)
    if (faults.length) failed.push(suite.name)
    await ended(suite.name, !faults.length)
  }
  await shared?.close()
  return failed
}

const since = Date.now()
const wanted = suites.filter((s) => !asked.length || asked.includes(s.name))
const sharing = wanted.filter((s) => !s.own && !s.start)
/** The pieces of work: a suite, or those that share a server. */
const pieces = [...new Set(wanted.map((s) => (sharing.includes(s) ? sharing : s)))].map((piece) =>
  [piece].flat().map((s) => s.name),
)
const lanes = process.env.HOSPITAL_URL ? 1 : Number(process.env.HOSPITAL_LANES ?? 2)
const failed = pieces.length > 1 && lanes > 1 ? await inLanes(pieces, lanes, out) : await one(wanted)
if (!process.send && wanted.length > 1) {
  const minutes = ((Date.now() - since) / 60_000).toFixed(1)
  console.log(
    failed.length
      ? `FAIL ${failed.join(', ')} (${minutes} minutes in all)`
      : `ok   all ${wanted.length} suites (${minutes} minutes)`,
  )
}
process.exit(failed.length ? 1 : 0)
