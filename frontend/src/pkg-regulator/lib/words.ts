// The explorer's codes in words.
import { tMaybe } from '@/lib/i18n'
import { isSubject } from '@/lib/subject'

export const kindWords = (kind: string) => tMaybe(`law.kind.${kind}`, kind)

/** A subject's status: of a prescription, a settlement or a certificate, by its prefix. */
export const statusWords = (subject: string, status: string) =>
  tMaybe(`status.${subject.split(':')[0]}.${status}`, tMaybe(`law.status.${subject.split(':')[0]}.${status}`, status))

export const short = (hash: string) => (hash.length > 26 ? `${hash.slice(0, 10)}…${hash.slice(-6)}` : hash)

/**
 * Where a searched text leads: a height, a record, a subject, or a bare number of a prescription or
 * settlement.
 */
export function destination(text: string): string | undefined {
  const q = text.trim()
  if (/^\d{1,12}$/.test(q)) return `/pkg-regulator/block/block?height=${q}`
  if (/^[0-9a-f]{64}$/.test(q)) return `/pkg-regulator/record/record?id=${q}`
  if (isSubject(q) && q.length - q.indexOf(':') > 4) return `/pkg-regulator/subject/subject?id=${q}`
  if (/^RX\d{20}$/.test(q)) return `/pkg-regulator/subject/subject?id=rx:${q}`
  if (/^ST\d{20}$/.test(q)) return `/pkg-regulator/subject/subject?id=pay:${q}`
  return undefined
}
