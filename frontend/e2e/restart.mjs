// A chat over two violent ends of the server: typed while it is away, sent in its last moment, a
// page reloaded without it, a log-out with messages unsent. Each message arrives once and in order,
// on both sides, and nobody is logged out.
import { go, loginPatient, loginStaff, named, open, person } from './browser.mjs'
import { agree, askVisit, say, tab } from './walk.mjs'

export const name = 'restart'
export const own = true

const PNG = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=='
/** What a browser says of a server that is away. */
const away = [
  /ERR_CONNECTION_REFUSED|ERR_CONNECTION_RESET|ERR_EMPTY_RESPONSE|ERR_SOCKET_NOT_CONNECTED|ERR_INCOMPLETE_CHUNKED_ENCODING/,
  /WebSocket connection to .* failed/,
]

const check = (holds, what) => {
  if (!holds) throw new Error(what)
}

/** What the room shows, in order: texts, and a word for a picture. */
const shown = (page) =>
  page
    .locator('[data-name=message]:visible, .picture:visible')
    .evaluateAll((all) => all.map((e) => e.innerText.trim() || '[picture]'))

/** Both rooms come to show exactly these, in this order: nothing missing, twice or elsewhere. */
async function bothShow(rooms, want) {
  for (const { page, label } of rooms) {
    await named(page, 'unsent').first().waitFor({ state: 'detached', timeout: 45_000 })
    for (const until = Date.now() + 15_000; (await shown(page)).length < want.length && Date.now() < until;)
      await page.waitForTimeout(100)
    await page.waitForTimeout(300) // a message sent twice would come now
    const got = await shown(page)
    check(
      JSON.stringify(got) === JSON.stringify(want),
      `${label} sees\n  ${got.join('\n  ')}\ninstead of\n  ${want.join('\n  ')}`,
    )
  }
}

const token = (page) => page.evaluate(() => JSON.parse(sessionStorage.getItem('session') ?? '{}').token)
const chooseFile = async (page) => {
  const [chooser] = await Promise.all([page.waitForEvent('filechooser'), named(page, 'picture').click()])
  await chooser.setFiles({ name: 'a.png', mimeType: 'image/png', buffer: Buffer.from(PNG, 'base64') })
}
const unread = (page, id, words) =>
  page
    .locator(`[data-visit="${id}"]:visible, [data-name="visit-${id}"]:visible`)
    .getByText(words, { exact: true })
    .waitFor()
/** Opened anew, as after closing the app. */
const openAgain = async (page, path) => {
  await go(page, path)
  await page.reload()
}
const linked = (page) => named(page, 'link').waitFor({ state: 'detached', timeout: 45_000 })

export async function run({ server, out }) {
  // Else the error page of a lost server loads the app when it likes.
  const browser = await open(['--disable-auto-reload'])
  const patient = await person(browser, { label: 'patient' })
  const doctor = await person(browser, { label: 'doctor' })
  const rooms = [patient, doctor]
  for (const p of rooms) p.expects(...away)
  const shot = (p, what) => p.page.screenshot({ path: `${out}/${what}-${p.label}.png` })

  await loginPatient(patient.page, 'patient-03')
  await tab(patient, 'me') // loaded while there is a server
  await named(patient.page, 'logout').waitFor()
  await tab(patient, 'home')
  await askVisit(patient, '王淑芬', { complaint: '高血压复诊' })
  const room = patient.page.url().split('#')[1]
  const id = new URLSearchParams(room.split('?')[1]).get('id')
  await loginStaff(doctor.page, 'doctor.wang')
  await go(doctor.page, room)
  await named(doctor.page, 'step-accept').click()
  await named(doctor.page, 'step-start').click()
  await named(doctor.page, 'step-finish').waitFor()
  const tokens = [await token(patient.page), await token(doctor.page)]

  // Both ways, read mark, a picture.
  const want = ['您好，最近血压多少？', '早上一百三十五', '[picture]']
  await say(doctor, want[0])
  await patient.page.getByText(want[0]).waitFor()
  await say(patient, want[1])
  await named(patient.page, 'read').waitFor()
  await chooseFile(patient.page)
  await bothShow(rooms, want)
  await doctor.page.locator('.picture .image').first().waitFor()

  // Killed; both type, the patient's app is closed and cannot be opened again before the server is
  // there.
  await server.kill()
  for (const p of rooms) await named(p.page, 'link').waitFor({ timeout: 30_000 })
  const [mine, theirs] = [
    ['断网第一句', '断网第二句'],
    ['医生断网时写的', '还有一句'],
  ]
  for (const i of [0, 1]) {
    await say(patient, mine[i])
    await say(doctor, theirs[i])
  }
  for (const p of rooms) {
    check((await named(p.page, 'unsent').count()) === 2, `${p.label}: two messages wait`)
    await named(p.page, 'unsent').first().getByText('已存在本机，连上后自动发出').waitFor()
    await p.page.waitForFunction(
      () => document.querySelector('uni-page:last-of-type [data-name=say] textarea').value === '',
    )
    await shot(p, 'away')
  }
  await chooseFile(doctor.page)
  // A picture needs the server, and this is said.
  await doctor.page.locator('uni-modal:visible').getByText('网络').waitFor({ timeout: 30_000 })
  await doctor.page.locator('.uni-modal__btn_primary:visible').click()
  const lost = await patient.page.reload().then(
    () => 'loaded',
    (e) => e.message,
  )
  check(/ERR_CONNECTION_REFUSED/.test(lost), `without a server the page did ${lost}`)

  await server.restart()
  await linked(doctor.page)
  await bothShow([doctor], [...want, ...theirs])
  await openAgain(patient.page, room)
  want.push(...theirs, ...mine)
  await bothShow(rooms, want)
  await chooseFile(doctor.page)
  want.push('[picture]')
  await bothShow(rooms, want)

  // Killed while messages are on their way: whether an answer came or not, each arrives once.
  const burst = ['连发一', '连发二', '连发三', '连发四', '连发五']
  const killed = patient.page.waitForTimeout(150).then(server.kill)
  for (const text of burst) await say(patient, text)
  await killed
  await server.restart()
  want.push(...burst)
  for (const p of rooms) await linked(p.page)
  await bothShow(rooms, want)

  // Unread and history as the server has them now.
  await go(doctor.page, '/pkg-doctor/home/home')
  await doctor.page.locator(`[data-visit="${id}"]:visible`).waitFor()
  await say(patient, '重启后第一句')
  await say(patient, '重启后第二句')
  want.push('重启后第一句', '重启后第二句')
  await bothShow([patient], want)
  await doctor.page.reload()
  await unread(doctor.page, id, '2 条未读')
  await shot(doctor, 'unread')
  await go(doctor.page, room)
  await bothShow(rooms, want)
  await named(patient.page, 'read').waitFor()
  await go(patient.page, '/pages/visits/visits')
  await patient.page.locator(`[data-name="visit-${id}"]:visible`).waitFor()
  await say(doctor, '请按时吃药')
  want.push('请按时吃药')
  await bothShow([doctor], want)
  await patient.page.reload()
  await unread(patient.page, id, '1')
  for (const p of rooms) await openAgain(p.page, room)
  await bothShow(rooms, want)
  check(
    (await token(patient.page)) === tokens[0] && (await token(doctor.page)) === tokens[1],
    'somebody had to log in again',
  )

  // Logged out with messages unsent: asked; nobody else on the phone sends them; they go out when
  // their person is back.
  await server.kill()
  await named(patient.page, 'link').waitFor({ timeout: 30_000 })
  await say(patient, '退出前写的')
  await named(patient.page, 'unsent').waitFor()
  await go(patient.page, '/pages/me/me')
  await named(patient.page, 'logout').click()
  const sheet = patient.page.locator('.uni-actionsheet_toggle')
  await sheet.getByText('还有 1 条消息没有发出').waitFor()
  await patient.page.waitForTimeout(400) // the sheet slides in
  await shot(patient, 'logout')
  await sheet.getByText('取消').click()
  check((await token(patient.page)) === tokens[0], 'logged out without a choice')
  await named(patient.page, 'logout').click()
  await sheet.getByText('留在本机并退出').click()
  await patient.page.locator('[data-side=patient]:visible').waitFor({ timeout: 30_000 })
  check(!(await token(patient.page)), 'the token stayed')
  await server.restart()
  await patient.page.reload()
  await loginPatient(patient.page, 'patient-04')
  await go(patient.page, '/pages/visits/visits')
  await patient.page.reload()
  await linked(doctor.page)
  await bothShow([doctor], want)
  patient.expects(/status of 404/)
  await go(patient.page, room)
  await named(patient.page, 'fault').getByText('没有这次问诊，或不属于您').waitFor()
  check((await patient.page.evaluate(() => scrollY)) === 0, 'the header covers what went wrong')
  check((await patient.page.getByText('退出前写的').count()) === 0, "somebody else's words are shown")
  await bothShow([doctor], want)
  await go(patient.page, '/pages/me/me')
  await named(patient.page, 'logout').click()
  await agree(patient)
  await patient.page.locator('[data-side=patient]:visible').waitFor()
  await loginPatient(patient.page, 'patient-03')
  await openAgain(patient.page, room)
  want.push('退出前写的')
  await bothShow(rooms, want)
}
