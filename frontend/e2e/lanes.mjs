// Several suites at once, so that while one waits for a page another has the machine. A lane plays
// one piece of work after another, each in a process of its own: run.mjs with the suites of that
// piece. What a suite says is printed whole when it has ended.
import { fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { format } from 'node:util'

const runner = fileURLToPath(new URL('run.mjs', import.meta.url))

/**
 * Plays the pieces, lists of suites' names, in so many lanes, the first ones first; answers the
 * suites that failed.
 */
export async function inLanes(pieces, lanes, out) {
  const left = [...pieces]
  const failed = []
  const lane = async () => {
    for (let piece = left.shift(); piece; piece = left.shift()) failed.push(...(await play(piece, out)))
  }
  await Promise.all(Array.from({ length: lanes }, lane))
  return failed
}

function play(piece, out) {
  const child = fork(runner, [out, ...piece], { env: { ...process.env, HOSPITAL_LANES: '1' } })
  const unplayed = new Set(piece)
  const failed = []
  child.on('message', ({ suite, ok, text }) => {
    unplayed.delete(suite)
    if (!ok) failed.push(suite)
    console.log(text)
  })
  return new Promise((done) => child.on('close', (code, signal) => {
    for (const suite of unplayed) console.log(`FAIL ${suite}: its process ended with ${signal ?? code} before it did`)
    done([...failed, ...unplayed])
  }))
}

/**
 * In a lane's process: keeps what is printed, for the function that it answers to send it when a
 * suite has ended. Elsewhere that does nothing.
 */
export function toldWhole() {
  if (!process.send) return async () => undefined
  const said = []
  console.log = console.error = (...words) => said.push(format(...words))
  process.on('disconnect', () => process.exit(1)) // nobody listens any more
  return (suite, ok) => new Promise((sent) => process.send({ suite, ok, text: said.splice(0).join('\n') }, sent))
}
