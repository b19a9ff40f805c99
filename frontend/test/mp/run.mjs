// The mini-program as WeChat would run it, against a real server:  HOSPITAL_BINARY=… (or
// HOSPITAL_URL=…) node test/mp/run.mjs after the build with VITE_SERVER=https://hospital.example;
// "npm run test:mp" does both.
import { execFile } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { foreignServer, startServer } from '../../e2e/server.mjs'
import { compile } from './compile.mjs'
import { administrator, regulator, settings } from './explore.mjs'
import { hears } from './live.mjs'
import { everyPage } from './pages.mjs'
import { Phone } from './phone.mjs'
import { signAndVerify } from './sign.mjs'
import { logsOut, mainJob } from './taps.mjs'

const built = new URL('../../dist/mp-test/', import.meta.url).pathname
if (!existsSync(built)) {
  console.error('run.mjs: no dist/mp-test; run npm run test:mp')
  process.exit(2)
}
process.on('unhandledRejection', (e) => Phone.trouble.push(`nobody caught ${e?.stack ?? JSON.stringify(e)}`))

const server = process.env.HOSPITAL_URL ? foreignServer(process.env.HOSPITAL_URL) : await startServer()
const build = compile(built)
const phones = []
const ward = {
  build,
  payer: 'patient-01', // the journey leaves an unpaid prescription with the first patient
  people: await (await fetch(`${server.url}/sandbox/ward`)).json(),
  phone(user) {
    phones.push(new Phone(build, server.url, user))
    return phones.at(-1)
  },
}

async function journey() {
  if (!process.env.HOSPITAL_BINARY) return 'left to who runs the server'
  const folder = mkdtempSync(join(tmpdir(), 'journey-'))
  await promisify(execFile)(process.env.HOSPITAL_BINARY, [
    'journey',
    '--url',
    server.url,
    '--count',
    '1',
    '--receipts',
    join(folder, 'receipts.json'),
  ]).finally(() => rmSync(folder, { recursive: true }))
  return 'played'
}

let ours
const steps = {
  'every page compiles': () => {
    if (build.faults.length) throw new Error(build.faults.join('\n'))
    return `${build.pages.length} pages`
  },
  'sign and verify without a browser': () => signAndVerify(ward),
  'journey for the pages': journey,
  'main job by taps': async () => {
    ours = await mainJob(ward)
    return ours.id
  },
  'told by itself': () => hears(ward, ours.phones.doctor),
  'regulator by taps': async () => void (ours.phones.regulator = await regulator(ward, ours.id)),
  'administrator by taps': async () => void (ours.phones.admin = await administrator(ward)),
  'settings by taps': () => settings(ward),
  'every page drawn': () => everyPage(ward, ours.phones, ours.id),
  'log out': async () => {
    for (const phone of Object.values(ours.phones)) await logsOut(phone)
  },
}

let failed = ''
for (const [name, step] of Object.entries(steps)) {
  const begin = Date.now()
  try {
    const said = await step()
    const faults = [...phones.flatMap((p) => p.faults), ...Phone.trouble]
    if (faults.length) throw new Error(faults.join('\n'))
    console.log(`ok    ${name}${said ? `: ${said}` : ''} (${((Date.now() - begin) / 1000).toFixed(1)} s)`)
  } catch (e) {
    failed = name
    console.log(`FAIL  ${name}\n${e.stack}\n${phones.flatMap((p) => p.faults).join('\n')}\n${server.log()}`)
    break // the steps build on each other
  }
}
for (const phone of phones) phone.close()
await server.close()
process.exit(failed ? 1 : 0)
