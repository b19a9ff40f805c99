// Reminders as a calendar file (RFC 5545). Times are floating (section 3.3.5, form 1): medicine is
// taken by the clock on the wall. Each event has an alarm.

export interface Reminder {
  /** 'YYYY-MM-DDTHH:MM', without a zone. */
  at: string
  title: string
  /** Lines below the title; empty: none. */
  text: string
}

/** Octets of a line without its end (section 3.1). */
const LINE = 75

const escaped = (text: string) => text.replace(/\\/g, '\\\\').replace(/([;,])/g, '\\$1').replace(/\r?\n/g, '\\n')
const octets = (c: string) => (c < '\u0080' ? 1 : c < '\u0800' ? 2 : c < '\u{10000}' ? 3 : 4)

/** A content line folded so that no character is cut. */
function folded(line: string): string {
  let out = ''
  let length = 0
  for (const c of line) {
    if (length + octets(c) > LINE) {
      out += '\r\n '
      length = 1
    }
    out += c
    length += octets(c)
  }
  return out
}

const compact = (at: string) => at.replace(/[-:]/g, '')

/**
 * A calendar of reminders. id makes their names: the same course written again moves what is there,
 * and makes nothing twice.
 */
export function calendar(name: string, id: string, reminders: Reminder[], now: Date): string {
  const stamp = `${compact(now.toISOString().slice(0, 19))}Z`
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//smart-hospital//reminders//ZH',
    'CALSCALE:GREGORIAN',
    `X-WR-CALNAME:${escaped(name)}`,
  ]
  for (const r of reminders) {
    lines.push(
      'BEGIN:VEVENT',
      `UID:${id}-${compact(r.at)}@smart-hospital.invalid`,
      `DTSTAMP:${stamp}`,
      `DTSTART:${compact(r.at)}00`,
      'DURATION:PT10M',
      `SUMMARY:${escaped(r.title)}`,
      ...(r.text ? [`DESCRIPTION:${escaped(r.text)}`] : []),
      'CLASS:PRIVATE',
      'TRANSP:TRANSPARENT',
      'BEGIN:VALARM',
      'ACTION:DISPLAY',
      'TRIGGER:PT0S',
      `DESCRIPTION:${escaped(r.title)}`,
      'END:VALARM',
      'END:VEVENT',
    )
  }
  lines.push('END:VCALENDAR')
  return lines.map((l) => `${folded(l)}\r\n`).join('')
}

/** A name for a course that tells nobody its prescription: FNV-1a of its id, 32 bits. */
export function courseId(prescription: string): string {
  let h = 0x811c9dc5
  for (const c of prescription) h = Math.imul(h ^ c.codePointAt(0)!, 0x01000193) >>> 0
  return h.toString(16).padStart(8, '0')
}
