// An export of a period (chain/RECEIPT.md section 15), checked on this machine: a ZIP archive of
// evidence files, and a manifest whose two sealed headers say what the log had before and after.
// Parts are unpacked one at a time, so memory does not grow with the file.
import { parseCanonical, type Shape } from './canonical'
import { DAY } from './days'
import { byteLength, members, tidy } from './ijson'
import { readEvidence } from './evidence'
import { openHistory, type Timeline } from './history'
import { MembersError } from './members'
import { Refusal, verifyReceipt, verifySealed, type Header, type Reason, type SealedHeader } from './receipt'
import { isHash } from './record'
import { sm3 } from './sm'
import { MAX_FILE } from '@/platform/files'

interface Entry {
  digest: string
  name: string
  size: number
}
interface Part extends Entry {
  count: number
  first: number
}
export interface Manifest {
  after: SealedHeader
  before?: SealedHeader
  chain: string
  count: number
  figures: Entry
  first: number
  from: string
  genesis: string
  heights: { first: number; last: number }
  history: Entry
  parts: Part[]
  to: string
  v: number
}

/** A receipt that does not hold, or does not stand where it must. */
export interface Fault {
  part: string
  index: number
  reason: Reason
}

const headerShape: Shape = {
  chain: 'text',
  height: 'whole',
  logRoot: 'text',
  logSize: 'whole',
  membersRoot: 'text',
  statusRoot: 'text',
  time: 'whole',
}
const sealedShape: Shape = { header: headerShape, seals: [{ member: 'text', sig: 'text' }] }
const entryShape: Shape = { digest: 'text', name: 'text', size: 'whole' }
const manifestShape: Shape = {
  after: sealedShape,
  'before?': sealedShape,
  chain: 'text',
  count: 'whole',
  figures: entryShape,
  first: 'whole',
  from: 'text',
  genesis: 'text',
  heights: { first: 'whole', last: 'whole' },
  history: entryShape,
  parts: [{ count: 'whole', digest: 'text', first: 'whole', name: 'text', size: 'whole' }],
  to: 'text',
  v: 'whole',
}

const MANIFEST = 'manifest.json'
const MAX_MANIFEST = 4 << 20
const MAX_FIGURES = 16 << 20
const MAX_DAYS = 92
const MAX_RECORDS = 500_000
const PART_RECORDS = 1000
const ZONE = 8 * 3_600_000

function demand(holds: unknown, reason: Reason = 'malformed'): asserts holds {
  if (!holds) throw new Refusal(reason)
}

function refuse(): never {
  throw new Refusal('malformed')
}

/** Whether a file begins as an archive does. */
export async function isArchive(file: Blob): Promise<boolean> {
  const head = new Uint8Array(await file.slice(0, 4).arrayBuffer())
  return head.length === 4 && head[0] === 0x50 && head[1] === 0x4b && head[2] === 3 && head[3] === 4
}

interface Packed {
  method: number
  /** Of the packed bytes, and where the entry begins. */
  size: number
  at: number
}

const view = async (file: Blob, from: number, to: number) => new DataView(await file.slice(from, to).arrayBuffer())

const END = 22
const CENTRAL = 46
const LOCAL = 30

/** The archive's directory. One that was cut off has none. */
async function directory(file: Blob): Promise<Map<string, Packed>> {
  const size = file.size
  demand(size > END)
  const end = await view(file, size - END, size)
  demand(end.getUint32(0, true) === 0x06054b50)
  const [count, length, from] = [end.getUint16(10, true), end.getUint32(12, true), end.getUint32(16, true)]
  demand(from + length + END === size)
  const list = await view(file, from, from + length)
  const entries = new Map<string, Packed>()
  let at = 0
  for (let i = 0; i < count; i++) {
    demand(at + CENTRAL <= length && list.getUint32(at, true) === 0x02014b50)
    const [nameLength, more] = [
      list.getUint16(at + 28, true),
      list.getUint16(at + 30, true) + list.getUint16(at + 32, true),
    ]
    demand(at + CENTRAL + nameLength + more <= length)
    const name = String.fromCharCode(...new Uint8Array(list.buffer, at + CENTRAL, nameLength))
    demand(!entries.has(name))
    entries.set(name, {
      method: list.getUint16(at + 10, true),
      size: list.getUint32(at + 20, true),
      at: list.getUint32(at + 42, true),
    })
    at += CENTRAL + nameLength + more
  }
  demand(at === length)
  return entries
}

/** Unpacks at most limit bytes. */
async function unpack(file: Blob, entry: Packed | undefined, limit: number): Promise<Uint8Array> {
  demand(entry && entry.at + LOCAL <= file.size)
  const local = await view(file, entry.at, entry.at + LOCAL)
  demand(local.getUint32(0, true) === 0x04034b50)
  const from = entry.at + LOCAL + local.getUint16(26, true) + local.getUint16(28, true)
  demand(from + entry.size <= file.size && (entry.method === 0 || entry.method === 8))
  const packed = file.slice(from, from + entry.size).stream()
  const reader = (entry.method === 8 ? packed.pipeThrough(new DecompressionStream('deflate-raw')) : packed).getReader()
  const pieces: Uint8Array[] = []
  let length = 0
  for (;;) {
    const { done, value } = await reader.read().catch(refuse)
    if (done) break
    length += value.length
    if (length > limit) void reader.cancel()
    demand(length <= limit)
    pieces.push(value)
  }
  const out = new Uint8Array(length)
  let at = 0
  for (const piece of pieces) {
    out.set(piece, at)
    at += piece.length
  }
  return out
}

function textOf(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    throw new Refusal('malformed')
  }
}

/** Milliseconds of the first day's begin and of the last one's end, in China. */
function bounds(from: string, to: string): [number, number] {
  const begin = (day: string) => {
    demand(/^\d{4}-\d\d-\d\d$/.test(day))
    const at = Date.parse(`${day}T00:00:00+08:00`)
    demand(dayOf(at) === day)
    return at
  }
  const [start, last] = [begin(from), begin(to)]
  demand(start >= 0 && last >= start && last - start < MAX_DAYS * DAY)
  return [start, last + DAY]
}

function dayOf(ms: number): string {
  demand(Number.isFinite(ms))
  return new Date(ms + ZONE).toISOString().slice(0, 10)
}

function readManifest(text: string): Manifest {
  demand(byteLength(text) <= MAX_MANIFEST)
  const m = parseCanonical<Manifest>(text, manifestShape)
  demand(m)
  demand(m.v === 1, 'version')
  const [start] = bounds(m.from, m.to)
  let next = m.first
  m.parts.forEach((p, i) => {
    demand(
      p.name === `evidence-${String(i + 1).padStart(5, '0')}.json` &&
        p.first === next &&
        p.count >= 1 &&
        p.count <= PART_RECORDS,
    )
    next += p.count
  })
  const [before, after] = [m.before?.header, m.after.header]
  demand(m.chain === after.chain && (!before || m.chain === before.chain), 'wrong-chain')
  demand(isHash(m.genesis) && m.figures.name === 'figures.csv' && m.history.name === 'history.json')
  demand(
    m.count <= MAX_RECORDS &&
      m.first === (before?.logSize ?? 0) &&
      after.logSize === m.first + m.count &&
      next === after.logSize,
  )
  const first = (before?.height ?? 0) + 1
  demand(m.heights.first === first && m.heights.last === after.height && m.heights.last + 1 >= first)
  demand(!before || before.time < start)
  return m
}

/** Whether the log was sealed after the last day: nothing can be added to it. */
export const isOver = (m: Manifest): boolean => m.after.header.time >= bounds(m.from, m.to)[1]

export interface Period {
  manifest: Manifest
  timeline: Timeline
  faults: Fault[]
}

/**
 * Checks an archive by the lists it brings: every receipt, every part against the manifest, and
 * that there is no other record between its two sealed headers. Whether its genesis list is the one
 * that is trusted is the caller's to ask. Throws Refusal. With faults it is not whole.
 */
export async function checkPeriod(file: Blob, progress: (done: number, all: number) => Promise<void>): Promise<Period> {
  const entries = await directory(file)
  const text = textOf(await unpack(file, entries.get(MANIFEST), MAX_MANIFEST))
  const m = readManifest(text)
  const named = [MANIFEST, m.history.name, m.figures.name, ...m.parts.map((p) => p.name)]
  demand(named.length === entries.size && named.every((name) => entries.has(name)))
  const read = async (entry: Entry, limit: number) => {
    const bytes = await unpack(file, entries.get(entry.name), limit)
    demand(bytes.length === entry.size && sm3(bytes) === entry.digest, 'digest')
    return textOf(bytes)
  }
  const timeline = openLists(await read(m.history, MAX_FILE))
  demand(timeline[0].roster.digest === m.genesis, 'members')
  const own = members(tidy(text)!)!
  for (const name of ['before', 'after']) if (own.has(name)) verifySealed(timeline, own.get(name)!)

  const [start, end] = bounds(m.from, m.to)
  const cells = new Map<string, number>()
  const faults: Fault[] = []
  let done = 0
  for (const part of m.parts) {
    const { items } = readEvidence(await read(part, MAX_FILE))
    demand(items.length === part.count, 'path')
    for (const [i, item] of items.entries()) {
      const index = part.first + i
      const reason = reasonOf(() => {
        demand(item.document === undefined && item.salt === undefined)
        const receipt = verifyReceipt(timeline, item.receipt)
        const { header } = receipt
        demand(receipt.index === index && header.height >= m.heights.first && header.height <= m.heights.last, 'path')
        if (within(header, start, end))
          tally(cells, [dayOf(header.time), receipt.record.statement.kind, receipt.record.statement.org])
      })
      if (reason) faults.push({ part: part.name, index, reason })
      await progress(++done, m.count)
    }
  }
  const figures = await read(m.figures, MAX_FIGURES)
  if (!faults.length) demand(figures === csv(cells), 'digest')
  return { manifest: m, timeline, faults }
}

const within = (h: Header, start: number, end: number) => h.time >= start && h.time < end

function tally(cells: Map<string, number>, [day, kind, org]: [string, string, string]): void {
  const line = `${day},${kind},${org}`
  cells.set(line, (cells.get(line) ?? 0) + 1)
}

/** Lines as the program that writes them sorts them: by day, kind and member. */
function csv(cells: Map<string, number>): string {
  const rows = [...cells].map(([line, n]) => ({ cell: line.split(','), n }))
  rows.sort((a, b) => {
    const i = a.cell.findIndex((x, j) => x !== b.cell[j])
    return i < 0 ? 0 : a.cell[i]! < b.cell[i]! ? -1 : 1
  })
  return (
    [
      'day,kind,organisation,records',
      ...rows.map(({ cell: [day, kind, org], n }) => `${day},${kind},${org!.startsWith('-') ? "'" : ''}${org},${n}`),
    ].join('\n') + '\n'
  )
}

function openLists(text: string): Timeline {
  try {
    return openHistory(text)
  } catch (e) {
    if (e instanceof MembersError) throw new Refusal(e.reason)
    throw e
  }
}

function reasonOf(check: () => void): Reason | undefined {
  try {
    check()
    return undefined
  } catch (e) {
    if (e instanceof Refusal || e instanceof MembersError) return e.reason
    throw e
  }
}
