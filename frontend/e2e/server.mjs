// The hospital under test: its own process, on a port and in a data folder that nobody else has.
import { spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'

const kept = 400 // log lines

const listens = (port) =>
  new Promise((done) => {
    const probe = createServer()
      .once('error', () => done(false))
      .listen(port, '127.0.0.1', () => probe.close(() => done(true)))
  })

/**
 * The first of so many free ports in a row, below those that the kernel gives to outgoing
 * connections: nobody takes one while its server is down.
 */
export async function freePorts(count) {
  for (let tries = 0; tries < 50; tries++) {
    const port = 20000 + Math.floor(Math.random() * (10000 - count))
    if ((await Promise.all(Array.from({ length: count }, (_, i) => listens(port + i)))).every(Boolean)) return port
  }
  throw new Error('no free port')
}

/**
 * Starts a demo ward. Gives
 *   url                  where it is, also after a restart
 *   stop(), kill()       ends the process, politely or with SIGKILL, and waits until it is gone
 *   restart()            starts it again on the same port and data folder (stops it first when it
 *                        runs)
 *   log(n)               the last n lines it wrote
 *   close()              stops it and deletes its data
 */
export async function startServer(binary = process.env.HOSPITAL_BINARY, settings = {}) {
  if (!binary) throw new Error('HOSPITAL_BINARY must name the built server: go build -o FILE ./cmd/hospital')
  const data = await mkdtemp(join(tmpdir(), 'hospital-e2e-'))
  const port = await freePorts(1)
  const url = `http://127.0.0.1:${port}`
  const lines = []
  let child, gone

  async function start() {
    child = spawn(binary, ['--data', data, '--listen', `127.0.0.1:${port}`], {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, HOSPITAL_PASSWORD_COST: 'cheap', ...settings },
    })
    const started = child
    const heard = (chunk) => {
      lines.push(...String(chunk).split('\n').filter(Boolean))
      lines.splice(0, lines.length - kept)
    }
    started.stdout.on('data', heard)
    started.stderr.on('data', heard)
    let failed
    started.on('error', (e) => (failed = e))
    gone = new Promise((done) => started.on('close', done))
    for (const until = Date.now() + 60_000; Date.now() < until; await pause(100)) {
      if (failed || started.exitCode !== null) break
      if (await fetch(`${url}/readyz`).then((r) => r.ok, () => false)) return
    }
    started.kill('SIGKILL')
    throw new Error(`the server did not get ready: ${failed ?? ''}\n${lines.slice(-20).join('\n')}`)
  }

  async function end(signal) {
    if (child.exitCode === null && child.signalCode === null) child.kill(signal)
    await gone
  }

  // Also when the runner dies of an exception or Ctrl-C.
  const last = () => {
    child.kill('SIGKILL')
    rmSync(data, { recursive: true, force: true })
  }
  process.on('exit', last)

  const server = {
    url,
    stop: () => end('SIGTERM'),
    kill: () => end('SIGKILL'),
    restart: async () => {
      await end('SIGTERM')
      await start()
    },
    log: (n = 30) => lines.slice(-n).join('\n'),
    close: async () => {
      await end('SIGTERM')
      process.off('exit', last)
      await rm(data, { recursive: true, force: true })
    },
  }
  await start().catch(async (e) => {
    await server.close()
    throw e
  })
  return server
}

/** A server that somebody else runs: nothing here may end it. */
export function foreignServer(url) {
  const not = async () => {
    throw new Error('this suite ends and starts the server: run it without HOSPITAL_URL')
  }
  return {
    url,
    stop: not,
    kill: not,
    restart: not,
    log: () => '(the log is with the server)',
    close: async () => undefined,
  }
}
