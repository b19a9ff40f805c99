// A consortium under test: four organisations that vote, each with a node that is a process of its
// own, and a regulator that reads.
import { execFile, spawn } from 'node:child_process'
import { readFileSync, rmSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { promisify } from 'node:util'
import { freePorts } from './server.mjs'

const kept = 400 // log lines
const members = ['h1', 'i1', 'g1', 'h2', 'r1'] // in the order of their ports

/**
 * Makes the consortium and starts nothing. Gives
 *   url(member)          explorer of its node; of h1 the hospital's application
 *   start(member)        starts its node (h1: the application on it) and waits until it answers
 *   ready(member)        waits until it can work
 *   kill(member)         SIGKILL, and waits until it is gone
 *   run(...args)         a command of the operators, in the consortium's folder; answers what it
 *                        printed
 *   token()              what the regulator's staff send
 *   log(n)               the last n lines that all of them wrote
 *   close()              stops all and deletes their data
 */
export async function makeCity(binary = process.env.HOSPITAL_BINARY) {
  if (!binary) throw new Error('HOSPITAL_BINARY must name the built server: go build -o FILE ./cmd/hospital')
  const dir = await mkdtemp(join(tmpdir(), 'hospital-city-'))
  const port = await freePorts(2 * members.length + 1)
  const address = (member) =>
    `127.0.0.1:${port + (member === 'h1' ? 2 * members.length : 2 * members.indexOf(member) + 1)}`
  const lines = []
  const running = new Map()

  async function answers(member, path, what) {
    const { child } = running.get(member)
    for (const until = Date.now() + 60_000; Date.now() < until; await pause(100)) {
      if (child.exitCode !== null || child.signalCode !== null) break
      if (await fetch(`http://${address(member)}${path}`).then((r) => r.ok, () => false)) return
    }
    throw new Error(`${member} is not ${what}:\n${lines.slice(-20).join('\n')}`)
  }

  function start(member) {
    const args = member === 'h1' ? ['serve', '--data', 'h1', '--listen', address('h1')] : ['node', '--dir', member]
    const child = spawn(binary, args, {
      cwd: dir,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, HOSPITAL_PASSWORD_COST: 'cheap' },
    })
    const heard = (chunk) => {
      lines.push(...String(chunk).split('\n').filter(Boolean).map((line) => `${member} ${line}`))
      lines.splice(0, lines.length - kept)
    }
    child.stdout.on('data', heard)
    child.stderr.on('data', heard)
    child.on('error', (e) => heard(e))
    running.set(member, { child, gone: new Promise((done) => child.on('close', done)) })
    return answers(member, '/healthz', 'alive')
  }

  async function end(member, signal) {
    const { child, gone } = running.get(member) ?? {}
    if (child?.exitCode === null && child.signalCode === null) child.kill(signal)
    await gone
    running.delete(member)
  }

  const last = () => {
    for (const { child } of running.values()) child.kill('SIGKILL')
    rmSync(dir, { recursive: true, force: true })
  }
  process.on('exit', last)

  const city = {
    members,
    url: (member) => `http://${address(member)}`,
    start,
    ready: (member) => answers(member, '/readyz', 'ready'),
    kill: (member) => end(member, 'SIGKILL'),
    run: async (...args) => (await promisify(execFile)(binary, args, { cwd: dir, timeout: 120_000 })).stdout,
    token: () => readFileSync(join(dir, 'r1', 'oversight.token'), 'utf8').trim(),
    log: (n = 60) => lines.slice(-n).join('\n'),
    close: async () => {
      await Promise.all([...running.keys()].map((member) => end(member, 'SIGTERM')))
      process.off('exit', last)
      await rm(dir, { recursive: true, force: true })
    },
  }
  await city.run('consortium', 'init', '--dir', '.', '--demo', '4', '--port', String(port)).catch(async (e) => {
    await city.close()
    throw e
  })
  return city
}

/** The whole city at work; url is the hospital's. */
export async function startCity() {
  const city = await makeCity()
  try {
    await Promise.all(members.map(city.start))
    await Promise.all(members.map(city.ready))
  } catch (e) {
    await city.close()
    throw e
  }
  const not = async () => {
    throw new Error('a city has many nodes: use kill(member) and start(member)')
  }
  return { ...city, url: city.url('h1'), at: city.url, stop: not, restart: not }
}
