// A table as an Excel workbook, written by hand: one sheet of typed cells in a ZIP of stored parts.
// A library for it is larger than the whole desk; this is what it would be used for. Text is typed
// as text, and still gets the apostrophe: a sheet may be saved as CSV.
import { harmless } from './csv'

const TABLE = Uint32Array.from({ length: 256 }, (_, n) => {
  for (let k = 0; k < 8; k++) n = n & 1 ? 0xedb88320 ^ (n >>> 1) : n >>> 1
  return n
})
const crc32 = (b: Uint8Array) => ~b.reduce((c, x) => TABLE[(c ^ x) & 0xff]! ^ (c >>> 8), -1) >>> 0

const escaped: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' }
/**
 * What XML 1.0 cannot hold is left out, and what a spreadsheet takes for a character's code
 * (_x003D_ is =) is marked as the text that it is.
 */
const xml = (text: string) =>
  text
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '')
    .replace(/_(?=x[\da-f]{4}_)/gi, '_x005F_')
    .replace(/[&<>]/g, (c) => escaped[c]!)

function cell(value: unknown): string {
  if (typeof value === 'number' && Number.isFinite(value)) return `<c><v>${value}</v></c>`
  return `<c t="inlineStr"><is><t xml:space="preserve">${xml(harmless(value))}</t></is></c>`
}

const HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
const OOXML = 'http://schemas.openxmlformats.org'
const parts = (rows: unknown[][]) => ({
  '[Content_Types].xml': `${HEAD}<Types xmlns="${OOXML}/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/sheet.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>`,
  '_rels/.rels': `${HEAD}<Relationships xmlns="${OOXML}/package/2006/relationships"><Relationship Id="r1" Type="${OOXML}/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
  'xl/workbook.xml': `${HEAD}<workbook xmlns="${OOXML}/spreadsheetml/2006/main" xmlns:r="${OOXML}/officeDocument/2006/relationships"><sheets><sheet name="1" sheetId="1" r:id="r1"/></sheets></workbook>`,
  'xl/_rels/workbook.xml.rels': `${HEAD}<Relationships xmlns="${OOXML}/package/2006/relationships"><Relationship Id="r1" Type="${OOXML}/officeDocument/2006/relationships/worksheet" Target="sheet.xml"/></Relationships>`,
  'xl/sheet.xml': `${HEAD}<worksheet xmlns="${OOXML}/spreadsheetml/2006/main"><sheetData>${rows
    .map((r) => `<row>${r.map(cell).join('')}</row>`)
    .join('')}</sheetData></worksheet>`,
})

/** Numbers of 2 and 4 bytes, low byte first. */
function little(...fields: [size: 2 | 4, value: number][]) {
  const out: number[] = []
  for (const [size, value] of fields) for (let i = 0; i < size; i++) out.push((value >>> (8 * i)) & 0xff)
  return Uint8Array.from(out)
}

export function xlsx(rows: unknown[][]): Blob {
  const utf8 = new TextEncoder()
  const files: Uint8Array<ArrayBuffer>[] = []
  const directory: Uint8Array<ArrayBuffer>[] = []
  let at = 0
  let listed = 0
  for (const [path, text] of Object.entries(parts(rows))) {
    const [name, body] = [Uint8Array.from(utf8.encode(path)), Uint8Array.from(utf8.encode(text))]
    // Version 2.0, names in UTF-8, stored, 1 January 1980.
    const common = little(
      [2, 20],
      [2, 0x800],
      [2, 0],
      [2, 0],
      [2, 0x21],
      [4, crc32(body)],
      [4, body.length],
      [4, body.length],
      [2, name.length],
      [2, 0],
    )
    const file = [little([4, 0x04034b50]), common, name, body]
    const entry = [little([4, 0x02014b50], [2, 20]), common, little([2, 0], [2, 0], [2, 0], [4, 0], [4, at]), name]
    files.push(...file)
    directory.push(...entry)
    for (const b of file) at += b.length
    for (const b of entry) listed += b.length
  }
  const count = Object.keys(parts([])).length
  const end = little([4, 0x06054b50], [2, 0], [2, 0], [2, count], [2, count], [4, listed], [4, at], [2, 0])
  return new Blob([...files, ...directory, end], {
    type: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  })
}
