// The history of the members' list: who trusts the genesis list checks every later one with the
// votes that made it, and picks the list in force at a height (chain/RECEIPT.md section 8).
import { equal, fromBase64, utf8Text } from './bytes'
import { parseCanonical, type Shape } from './canonical'
import { byteLength } from './ijson'
import {
  MembersError,
  isQuorum,
  memberShape,
  membersDigest,
  membersShape,
  openList,
  schemaShape,
  type Member,
  type Members,
  type Roster,
  type Schema,
} from './members'
import type { Reason } from './reason'
import {
  MAX_CHANGE,
  actorHolds,
  bytesOf,
  isHash,
  recordKeepsRules,
  recordShape,
  sealHolds,
  type ChainRecord,
} from './record'
import { sm3 } from './sm'

/** One step from a list to the next: exactly one of member, remove and schema. */
export interface Change {
  /** Digest of the list it changes. */
  base: string
  member?: Member
  remove?: string
  schema?: Schema
  v: number
}

/** A list with what led to it. */
export interface Step {
  roster: Roster
  /** Absent: the genesis list. */
  change?: Change
  /** The change's subject on the chain. */
  subject?: string
  /** Ids of the members that voted for it. */
  voters: string[]
  /** When the last of them signed, unix ms. */
  time?: number
}

/** Every list of a chain in order, the genesis list first. */
export type Timeline = [Step, ...Step[]]

interface Adoption {
  list: Members
  votes: ChainRecord[]
}

interface History {
  adoptions: Adoption[]
  genesis: Members
  v: number
}

const changeShape: Shape = {
  base: 'text',
  'member?': memberShape,
  'remove?': 'text',
  'schema?': schemaShape,
  v: 'whole',
}
const historyShape: Shape = {
  adoptions: [{ list: membersShape, votes: [recordShape] }],
  genesis: membersShape,
  v: 'whole',
}

const MAX_ADOPTIONS = 4096
const MAX_HISTORY = 64 << 20
const MAX_VOTES = 128

function demand(holds: boolean, reason: Reason, what: string): asserts holds {
  if (!holds) throw new MembersError(what, reason)
}

/**
 * Reads a published history strictly and checks every step from the genesis list on. Throws
 * MembersError.
 */
export function openHistory(text: string): Timeline {
  const h = byteLength(text) <= MAX_HISTORY ? parseCanonical<History>(text, historyShape) : undefined
  demand(h !== undefined, 'malformed', 'not a history')
  demand(h.v === 1 && h.adoptions.length <= MAX_ADOPTIONS, 'members', 'v or number of adoptions')
  demand(h.genesis.from === undefined, 'members', 'the genesis list has no height')
  const timeline = timelineOf(openList(h.genesis))
  for (const adoption of h.adoptions) timeline.push(follow(timeline[timeline.length - 1]!.roster, adoption))
  return timeline
}

/** The timeline of a chain whose list never changed. */
export const timelineOf = (genesis: Roster): Timeline => [{ roster: genesis, voters: [] }]

/** What members agreed to, with every vote checked. */
export interface Agreed {
  change: Change
  /** The change's subject on the chain. */
  subject: string
  /** Ids of the members that voted. */
  voters: string[]
  /** Their power. */
  power: number
  /** When the last of them signed, unix ms. */
  time: number
}

/** Checks votes for one change of a list, few or many. Throws MembersError. */
export function checkVotes(before: Roster, votes: ChainRecord[]): Agreed {
  demand(votes.length > 0 && votes.length <= MAX_VOTES, 'quorum', 'number of votes')
  const { subject } = votes[0]!.statement
  const change = changeOf(votes[0]!)
  const voters: string[] = []
  let power = 0
  for (const vote of votes) {
    power += checkVote(before, vote, subject, voters)
    voters.push(vote.statement.org)
  }
  return { change, subject, voters, power, time: Math.max(...votes.map((v) => v.statement.time)) }
}

/**
 * checkVotes for a change that can still be adopted: it is of this very list. Throws MembersError.
 */
export function checkOpen(now: Roster, subject: string, votes: ChainRecord[]): Agreed {
  const agreed = checkVotes(now, votes)
  demand(agreed.subject === subject, 'malformed', 'the votes are for another change')
  demand(agreed.change.base === now.digest, 'members', 'the change is of another list')
  return agreed
}

function follow(before: Roster, { list, votes }: Adoption): Step {
  const { change, subject, voters, power, time } = checkVotes(before, votes)
  demand(isQuorum(before, power), 'quorum', 'votes of two thirds or less')
  demand((list.from ?? 0) > before.from, 'members', 'heights must ascend')
  const next = apply(before, change, list.from ?? 0)
  demand(membersDigest(next) === membersDigest(list), 'members', 'the list is not what was voted for')
  return { roster: openList(next, before), change, subject, voters, time }
}

/** The power of a vote that holds. */
function checkVote(before: Roster, vote: ChainRecord, subject: string, voted: string[]): number {
  const s = vote.statement
  changeOf(vote)
  demand(s.chain === before.chain, 'wrong-chain', 'a vote is of another chain')
  demand(s.subject === subject, 'quorum', 'votes are for several changes')
  const org = before.orgs.get(s.org)
  demand(org !== undefined && org.power > 0, 'organisation', `${s.org} has no vote`)
  demand(!voted.includes(s.org), 'quorum', `${s.org} voted twice`)
  demand(
    s.actor === org.sealCert.id && vote.orgCert === org.sealCert.id,
    'organisation-certificate',
    `the vote is not by the seal of ${s.org}`,
  )
  demand(actorHolds(vote, org.sealCert), 'actor-signature', s.org)
  demand(sealHolds(vote, org.sealCert), 'organisation-signature', s.org)
  return org.power
}

/** The change that a record votes for. Throws MembersError when it is no vote. */
export function changeOf(vote: ChainRecord): Change {
  const s = vote.statement
  demand(recordKeepsRules(vote) && s.kind === 'gov.vote', 'malformed', 'not a vote')
  const change = readChange(s.facts.change ?? '')
  demand(
    change !== undefined && s.subject === `gov:${changeDigest(change)}`,
    'malformed',
    'the vote is not for the change it shows',
  )
  return change
}

/** Reads a change from the base64 in a vote; undefined when it is none. */
export function readChange(base64: string): Change | undefined {
  try {
    const bytes = fromBase64(base64)
    const change = bytes.length <= MAX_CHANGE ? parseCanonical<Change>(utf8Text(bytes), changeShape) : undefined
    const given = change && [change.member, change.remove, change.schema].filter((x) => x !== undefined).length
    return change && given === 1 && change.v === 1 && isHash(change.base) && equal(bytesOf(change), bytes)
      ? change
      : undefined
  } catch {
    return undefined // no base64, or no UTF-8
  }
}

/** The change's name: SM3(07 ‖ canonical bytes). */
export const changeDigest = (change: Change) => sm3(Uint8Array.of(7), bytesOf(change))

/** The list that a change makes of the one before. */
function apply(before: Roster, change: Change, from: number): Members {
  demand(change.base === before.digest, 'members', 'the change is of another list')
  const { list } = before
  const id = change.member?.id ?? change.remove
  const others = list.members.filter((m) => m.id !== id)
  if (change.schema) {
    demand(change.schema.from > from, 'members', 'the upgrade is of the past')
    return { ...list, from, schemas: [...(list.schemas ?? []), change.schema] }
  }
  if (change.member)
    return { ...list, from, members: [...others, change.member].sort((a, b) => (a.id < b.id ? -1 : 1)) }
  demand(others.length < list.members.length, 'members', 'no member has this id')
  return { ...list, from, members: others }
}

/** The least power that is a quorum of a list. */
export const neededOf = (roster: Roster) => Math.floor((2 * roster.power) / 3) + 1

/** Place of the list in force at a height. */
function at(timeline: Timeline, height: number): number {
  let i = timeline.length - 1
  while (i > 0 && timeline[i]!.roster.from > height) i--
  return i
}

/** What a change does to a list. */
export type Deed = 'joins' | 'leaves' | 'suspended' | 'reinstated' | 'power' | 'keys' | 'details' | 'schema'

/** What a change does to the list it is for. */
export function deedOf(before: Roster, change: Change): Deed {
  const next = change.member
  if (!next) return change.schema ? 'schema' : 'leaves'
  const was = before.orgs.get(next.id)
  if (!was) return 'joins'
  if (!was.suspended !== !next.suspended) return next.suspended ? 'suspended' : 'reinstated'
  if (was.power !== next.power) return 'power'
  const keys = (m: Member) => [m.ca, m.seal, m.validator, ...(m.nodes ?? [])].join()
  return keys(was) !== keys(next) ? 'keys' : 'details'
}

/** First height of the lists, without a gap up to the newest, that have the member. */
export function memberSince(timeline: Timeline, id: string): number {
  let since = newest(timeline).from
  for (let i = timeline.length - 1; i >= 0 && timeline[i]!.roster.orgs.has(id); i--) since = timeline[i]!.roster.from
  return since
}

/** The list in force at a height. */
export const rosterAt = (timeline: Timeline, height: number): Roster => timeline[at(timeline, height)]!.roster

/** The list adopted last; it may not be in force yet. */
export const newest = (timeline: Timeline): Roster => timeline[timeline.length - 1]!.roster

/**
 * The newest list up to a height in which the organisation has that seal. It is an older one than
 * the height's when a record was sealed by the members only after its organisation had left or
 * changed its seal: the ledger took the record before, and the seals vouch for that.
 */
export function writers(timeline: Timeline, height: number, org: string, seal: string): Roster {
  const last = at(timeline, height)
  for (let i = last; i >= 0; i--) if (timeline[i]!.roster.orgs.get(org)?.seal === seal) return timeline[i]!.roster
  return timeline[last]!.roster
}
