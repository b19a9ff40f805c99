// What a camera sees: the patient's pick-up code and a package's trace code, shown to Chromium's
// fake camera as a film made here; a picture from the album; a camera that is refused, where typing
// goes on; a receipt's file at the verify page.
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import encodeQR from 'qr'
import { named, open } from './browser.mjs'
import {
  CHAIN,
  addDrug,
  answerFindings,
  approve,
  arrive,
  askVisit,
  back,
  check,
  issue,
  lookUp,
  makeKey,
  patientArrives,
  pay,
  say,
  see,
  sign,
  staffArrives,
  status,
  tab,
  takeVisit,
  tap,
  top,
  writeNote,
} from './walk.mjs'

export const name = 'camera'

const [WIDTH, HEIGHT] = [640, 480]
const GREY = 128 // no colour, in the two colour planes
const complaint = '扫码测试：咽痛两天'

/**
 * A film of one picture, in the plainest format there is; bright gives the light of a pixel, 0 to
 * 255.
 */
function film(bright) {
  const light = Buffer.alloc(WIDTH * HEIGHT)
  for (let y = 0; y < HEIGHT; y++) for (let x = 0; x < WIDTH; x++) light[y * WIDTH + x] = bright(x, y)
  const frame = Buffer.concat([Buffer.from('FRAME\n'), light, Buffer.alloc(light.length / 2, GREY)])
  return Buffer.concat([Buffer.from(`YUV4MPEG2 W${WIDTH} H${HEIGHT} F10:1 Ip A1:1 C420jpeg\n`), frame, frame])
}

const dark = film(() => 40)

/** A package's code as it is printed: a QR code, here of `text`, on a grey table. */
function printed(text) {
  const code = encodeQR(text, 'raw', { ecc: 'medium', border: 4 })
  const side = 7 // pixels of a module
  const [left, upper] = [Math.floor((WIDTH - code.length * side) / 2), Math.floor((HEIGHT - code.length * side) / 2)]
  return film((x, y) => {
    const row = code[Math.floor((y - upper) / side)]
    const module = row?.[Math.floor((x - left) / side)]
    return module === undefined ? 110 : module ? 25 : 235
  })
}

/**
 * What a camera over the patient's phone sees: the page's own picture of the code, a little turned.
 */
async function phone(p) {
  const light = await top(p, 'uni-image img').first().evaluate((img, [width, height]) => {
    const canvas = Object.assign(document.createElement('canvas'), { width, height })
    const g = canvas.getContext('2d')
    g.fillStyle = '#777'
    g.fillRect(0, 0, width, height)
    g.translate(width / 2, height / 2)
    g.rotate(0.06)
    const side = height * 0.85
    g.drawImage(img, -side / 2, -side / 2, side, side)
    const { data } = g.getImageData(0, 0, width, height)
    return Array.from({ length: width * height }, (_, i) =>
      Math.round((data[4 * i] + data[4 * i + 1] + data[4 * i + 2]) / 3),
    )
  }, [WIDTH, HEIGHT])
  return film((x, y) => light[y * WIDTH + x])
}

/** A paid prescription, up to the page that shows its code. */
async function paid(browser) {
  const [patient, doctor, reviewer] = [
    await patientArrives(browser, 'patient-11'),
    await staffArrives(browser, 'doctor.zhang', 'doctor'),
    await staffArrives(browser, 'reviewer.wu', 'reviewer'),
  ]
  patient.expects(/status of 404 .*\/card\)/) // the question whether a card is bound
  const { patients } = await (await fetch(`${new URL(patient.page.url()).origin}/sandbox/ward`)).json()
  await Promise.all([patient, doctor, reviewer].map(makeKey))
  await tap(doctor, 'presence')
  await askVisit(patient, '张建国', { complaint })
  await say(patient, '医生好')
  await tap(doctor, 'open-visits')
  await takeVisit(doctor, complaint)
  await writeNote(doctor, { plan: '对症处理', diagnosis: '高血压', code: 'I10' })
  await tap(doctor, 'prescribe')
  await addDrug(doctor, 'aldp', 'D0135')
  await answerFindings(doctor)
  await issue(doctor)
  await approve(reviewer, patients.find((x) => x.user === 'patient-11').name)
  await back(patient)
  await back(patient)
  await tab(patient, 'home')
  await top(patient, '[data-name^=rx-]').first().click()
  await status(patient, 'approved', CHAIN)
  await pay(patient)
  await top(patient, 'uni-image img').first().waitFor({ state: 'attached' })
  return patient
}

const opened = (p) => see(p, 'claim')
const scanner = ({ page }) => page.getByRole('dialog', { name: '扫码' })

/** No permission: the scanner says what to do, and typing goes on as if there were no camera. */
async function refused(pickup, out) {
  const browser = await open(['--use-fake-device-for-media-stream'])
  const p = await staffArrives(browser, 'pharmacy.p2', 'no camera')
  await tap(p, 'scan')
  await scanner(p).getByText('没有相机权限').waitFor()
  await p.page.screenshot({ path: `${out}/refused.png` })
  await scanner(p).getByText('关闭，改为手输').click()
  await scanner(p).waitFor({ state: 'detached' })
  await lookUp(p, pickup.toLowerCase())
  await opened(p)
}

/** A screenshot the patient sent, from the album, while the camera sees nothing. */
async function fromAlbum(p, picture) {
  await tap(p, 'scan')
  const [wrong] = await Promise.all([p.page.waitForEvent('filechooser'), tap(p, 'scan-album')])
  await wrong.setFiles({ name: 'empty.png', mimeType: 'image/png', buffer: await p.page.screenshot() })
  await scanner(p).getByText('图片里没有认出码').waitFor()
  const [right] = await Promise.all([p.page.waitForEvent('filechooser'), tap(p, 'scan-album')])
  await right.setFiles({ name: 'code.png', mimeType: 'image/png', buffer: picture })
  await opened(p)
  await back(p)
}

async function atTheCounter(p, shows, seen, out) {
  await shows(seen)
  await tap(p, 'scan')
  await opened(p)
  await p.page.screenshot({ path: `${out}/read.png` })
  await tap(p, 'claim')
  await sign(p)
  await see(p, 'fate-committed', CHAIN)
}

/**
 * A package's code by scan; another drug's is refused. What is ticked and scanned outlives a
 * reload.
 */
async function dispense(p, shows, out) {
  const item = named(p.page, 'trace-0')
  const count = (n) => item.locator('[role=status]', { hasText: `${n}/` }).waitFor()
  const prefix = (await item.locator('.uni-input-placeholder').innerText()).match(/\d{7}/)[0]
  await shows(printed('99999990000000000001'))
  await tap(p, 'trace-scan-0')
  await item.getByRole('alert').getByText('这个码不是该药品的').waitFor()
  await count(0)
  await item.locator('input').fill('')
  const code = `${prefix}0000000950001`
  await shows(printed(code))
  await tap(p, 'trace-scan-0')
  await item.getByText(code, { exact: true }).waitFor()
  await count(1)
  await named(p.page, 'check-name').click()
  await p.page.screenshot({ path: `${out}/scanned.png` })

  await p.page.reload()
  await item.getByText(code, { exact: true }).waitFor()
  await named(p.page, 'check-name').and(p.page.locator('[aria-checked=true]')).waitFor()
  await named(p.page, 'check-name').click() // off: check() ticks them all
  await item.getByText('移除').click()
  await count(0)
  await check(p, 950001)
  await named(p.page, 'dispense').and(p.page.locator('[aria-disabled=false]')).waitFor()
  await tap(p, 'dispense')
  await sign(p)
  await see(p, 'record')
  const kept = await p.page.evaluate(() => `${localStorage.getItem('drafts')}${sessionStorage.getItem('drafts')}`)
  if (kept.includes(code)) throw new Error(`the draft outlived the dispensing: ${kept}`)
}

/** Anybody drops a receipt's file on the page that checks it; a changed one is refused. */
async function receipt(browser, url, record, out) {
  let text
  for (const until = Date.now() + CHAIN; !text && Date.now() < until; ) {
    const answer = await fetch(`${url}/v1/chain/records/${record}/receipt`)
    if (answer.ok) text = await answer.text()
    else await new Promise((next) => setTimeout(next, 300))
  }
  const p = await arrive(browser, 'stranger')
  await tap(p, 'go-explorer')
  await tap(p, 'go-verify')
  const give = async (content) => {
    const [chooser] = await Promise.all([p.page.waitForEvent('filechooser'), tap(p, 'pick')])
    await chooser.setFiles({ name: 'receipt.json', mimeType: 'application/json', buffer: Buffer.from(content) })
  }
  await give(text)
  await see(p, 'verdict-good')
  await give(text.replace('rx.dispense', 'rx.release'))
  await see(p, 'verdict-bad')
  await p.page.evaluate((content) => {
    const files = new DataTransfer()
    files.items.add(new File([content], 'receipt.json', { type: 'application/json' }))
    document.dispatchEvent(new DragEvent('drop', { dataTransfer: files, bubbles: true, cancelable: true }))
  }, text)
  await see(p, 'verdict-good')
  await p.page.screenshot({ path: `${out}/receipt.png` })
}

export async function run({ server, browser, out }) {
  const folder = await mkdtemp(join(tmpdir(), 'hospital-camera-'))
  const file = join(folder, 'film.y4m')
  const shows = (content) => writeFile(file, content) // the camera opens it anew at each scan
  try {
    await shows(dark)
    const patient = await paid(browser)
    const pickup = await named(patient.page, 'pickup').getAttribute('data-code')
    await refused(pickup, out)
    const counter = await open([
      '--use-fake-device-for-media-stream',
      '--use-fake-ui-for-media-stream',
      `--use-file-for-fake-video-capture=${file}`,
    ])
    const pharmacy = await staffArrives(counter, 'pharmacy.p1', 'pharmacy')
    await makeKey(pharmacy)
    await fromAlbum(pharmacy, await patient.page.screenshot())
    await atTheCounter(pharmacy, shows, await phone(patient), out)
    await dispense(pharmacy, shows, out)
    await see(patient, 'dispensed')
    await tap(pharmacy, 'record')
    const record = new URLSearchParams(pharmacy.page.url().split('?')[1]).get('id')
    await receipt(browser, server.url, record, out)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
