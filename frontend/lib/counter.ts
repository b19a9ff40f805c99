// A pick-up code from the counter to the claim. It stays in memory: whoever has it can collect the
// medicine, so it is in no address and in no storage.
import { ref } from 'vue'
import { api, type Schema } from './api'
import { dropDraft, useDraft } from './draft'

export type Prescription = Schema<'PrescriptionView'>
export type Item = Schema<'PrescriptionItemView'>

export interface Scanned {
  rx: Prescription
  accessCode: string
}

export const scanned = ref<Scanned>()

/** 'RXP1:RX…:…' as it is meant: hand scanners and people add blanks and small letters. */
export const tidy = (text: string) => text.replace(/\s+/g, '').replace(/：/g, ':').toUpperCase()

export const looksLikePickup = (text: string) => /^RXP1:RX\d{20}:[A-Z2-7]{52}$/.test(tidy(text))

/** Opens what a pick-up code leads to. */
export async function open(text: string): Promise<Scanned> {
  const pickup = tidy(text)
  scanned.value = {
    rx: await api.post('/v1/prescriptions/lookup', { body: { pickup } }),
    accessCode: pickup.split(':')[2] ?? '',
  }
  return scanned.value
}

export const looksLikeShort = (text: string) => /^\d{8}$/.test(tidy(text))

/** The last four of a phone or of any document taken here: a passport may end in letters. */
export const looksLikeTail = (text: string) => /^[\dA-Z]{4}$/.test(tidy(text))

/** Opens what a short code leads to, with the last four characters of a number. */
export async function openShort(text: string, tail: string): Promise<Scanned> {
  const { prescription, pickup } = await api.post('/v1/prescriptions/lookup-short', {
    body: { code: tidy(text), tail: tidy(tail) },
  })
  scanned.value = { rx: prescription!, accessCode: pickup.split(':')[2] ?? '' }
  return scanned.value
}

/** The ten points of 四查十对 (处方管理办法 art. 37), by what is checked. */
export const checks = {
  prescription: ['department', 'name', 'age'],
  drug: ['drugName', 'form', 'strength', 'quantity'],
  incompatibility: ['appearance', 'dosageUsage'],
  rationality: ['diagnosis'],
} as const

export type Point = (typeof checks)[keyof typeof checks][number]

export const points: Point[] = Object.values(checks).flat()

export interface Work {
  /** The claim it was done under: what is ticked before a release counts for nothing after it. */
  claim: string
  ticked: Point[]
  /** Trace codes of each item. */
  codes: string[][]
  /** Why it is given back, when it is. */
  reason: string
}

const draft = (id: string) => `dispense/${id}`

/**
 * What was ticked and scanned for a prescription so far; kept on the device until done, given back
 * or logged out.
 */
export function workOn(id: string, claim: string, items: number): Work {
  const { form } = useDraft<Work>(draft(id), { claim: '', ticked: [], codes: [], reason: '' })
  if (form.claim !== claim || form.codes.length !== items)
    Object.assign(form, { claim, ticked: [], codes: Array.from({ length: items }, () => []), reason: '' })
  return form
}

export const forget = (id: string) => dropDraft(draft(id))

/** Length of a drug trace code (药品追溯码). */
const TRACE = 20

export type TraceFault = 'length' | 'prefix' | 'twice' | 'full'

/** What is wrong with one more code for an item; undefined when it may be added. */
export function traceFault(code: string, item: Item, mine: string[], all: string[][]): TraceFault | undefined {
  // Codes with letters and GS1's are legal as well: the server puts them into their normal form and
  // judges.
  if (
    !/^\d+$/.test(code)
      ? !/^(?=.*\d)[\x1d\x21-\x7e]{8,96}$/.test(code)
      : code.length !== TRACE && !/^01\d{14}21/.test(code)
  )
    return 'length'
  if (/^\d{20}$/.test(code) && !code.startsWith(item.tracePrefix)) return 'prefix'
  if (all.some((codes) => codes.includes(code))) return 'twice'
  return mine.length >= item.packages ? 'full' : undefined
}

/**
 * What a scanner wrote, in half width and without its suffix. GS1's group separator (ASCII 29)
 * stays: it ends a lot or a serial number.
 */
export const scannedText = (text: string) => text.normalize('NFKC').replace(/[\s\u0000]+/g, '')

/** A code to look at: the group separator cannot be seen. */
export const shownCode = (code: string) => code.replace(/\x1d/g, '␝')

export const isTraceLong = (text: string) => /^\d{20}$/.test(text)
