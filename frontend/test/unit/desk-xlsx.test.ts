import { crc32 } from 'node:zlib'
import { expect, it } from 'vitest'
import { xlsx } from '../../desk/kit/xlsx'

/** The parts of a ZIP of stored files, found by its directory as a spreadsheet finds them. */
async function unzip(blob: Blob): Promise<Record<string, string>> {
  const buffer: ArrayBuffer = await new Promise((done) => {
    const reader = new FileReader()
    reader.onload = () => done(reader.result as ArrayBuffer)
    reader.readAsArrayBuffer(blob)
  })
  const view = new DataView(buffer)
  const text = (at: number, size: number) => new TextDecoder().decode(new Uint8Array(buffer, at, size))
  const end = buffer.byteLength - 22
  expect(view.getUint32(end, true)).toBe(0x06054b50)
  const found: Record<string, string> = {}
  let at = view.getUint32(end + 16, true)
  expect(at + view.getUint32(end + 12, true)).toBe(end)
  for (let n = view.getUint16(end + 10, true); n > 0; n--) {
    expect(view.getUint32(at, true)).toBe(0x02014b50)
    const [size, name, file] = [
      view.getUint32(at + 20, true),
      view.getUint16(at + 28, true),
      view.getUint32(at + 42, true),
    ]
    expect(view.getUint32(file, true)).toBe(0x04034b50)
    expect(text(file + 30, name)).toBe(text(at + 46, name))
    const body = new Uint8Array(buffer, file + 30 + name, size)
    expect(view.getUint32(at + 16, true)).toBe(crc32(body))
    found[text(at + 46, name)] = new TextDecoder().decode(body)
    at += 46 + name
  }
  return found
}

it('a workbook holds typed cells, and none that calculates', async () => {
  const files = await unzip(
    xlsx([
      ['姓名', 'a<b & "c"'],
      [7, '=1+1'],
      ['＝cmd', '\u0001x\ufffe'],
      [-2.5, undefined],
      ['_x003D_1+1', '_\u0001x0041_x0042_'],
      ['a_x1', 'x_y_'],
    ]),
  )
  for (const [name, body] of Object.entries(files))
    expect(new DOMParser().parseFromString(body, 'application/xml').querySelector('parsererror'), name).toBeNull()
  const sheet = new DOMParser().parseFromString(files['xl/sheet.xml']!, 'application/xml')
  expect(
    [...sheet.querySelectorAll('row')].map((r) =>
      [...r.querySelectorAll('c')].map((c) => `${c.getAttribute('t') ?? 'n'} ${c.textContent}`),
    ),
  ).toEqual([
    ['inlineStr 姓名', 'inlineStr a<b & "c"'],
    ['n 7', "inlineStr '=1+1"],
    ["inlineStr '＝cmd", 'inlineStr x'],
    ['n -2.5', 'inlineStr '],
    // A spreadsheet reads _x005F_ as the line that stands there, and no other code.
    ['inlineStr _x005F_x003D_1+1', 'inlineStr _x005F_x0041_x005F_x0042_'],
    ['inlineStr a_x1', 'inlineStr x_y_'],
  ])
  expect(sheet.querySelector('f')).toBeNull()
  for (const target of ['xl/workbook.xml', '[Content_Types].xml', '_rels/.rels', 'xl/_rels/workbook.xml.rels'])
    expect(Object.keys(files)).toContain(target)
})
