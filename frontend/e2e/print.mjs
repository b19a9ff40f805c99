// A prescription on paper: one sheet of A5 with the house, the patient, every line and the seal, in
// either language and the elder mode, and nothing that is pressed.
import { writeFile } from 'node:fs/promises'
import { go, loginPatient, named, person } from './browser.mjs'
import { paidWith } from './ward.mjs'
import { top } from './walk.mjs'

export const name = 'print'

const DRUGS = ['苯磺酸氨氯地平片', '缬沙坦胶囊', '盐酸二甲双胍片', '阿托伐他汀钙片', '碳酸钙D3片'] // as many as one may hold
const POINTS = 72 / 25.4
const A5 = [148 * POINTS, 210 * POINTS]
const kinds = {
  light: { language: 'zh-Hans', theme: 'light', scale: 1 },
  english: { language: 'en', theme: 'dark', scale: 1 },
  elder: { language: 'zh-Hans', theme: 'light', scale: 1.8 },
}

export async function run({ browser, out, fault }) {
  await paidWith('patient-07', undefined, DRUGS[0]) // so that the next one has a finding
  const rx = await paidWith('patient-07', undefined, ...DRUGS)
  for (const [kind, settings] of Object.entries(kinds)) {
    const p = await person(browser, { settings, label: `print ${kind}` })
    await loginPatient(p.page, 'patient-07')
    await go(p.page, `/pages/rx/rx?id=${rx.id}`)
    await top(p, '[data-name^=signed-]').first().click()
    await named(p.page, 'paper').waitFor()
    await named(p.page, 'print').waitFor()
    await p.page.waitForTimeout(500) // the words of its terms
    const whole = await named(p.page, 'paper').innerText()
    const fold = await named(p.page, 'sign-details').innerText()
    const sheet = await p.page.pdf({ preferCSSPageSize: true, printBackground: true })
    await writeFile(`${out}/${kind}.pdf`, sheet)
    const source = sheet.toString('latin1')
    const boxes = [...source.matchAll(/\/MediaBox\s*\[\s*0 0 ([\d.]+) ([\d.]+)\s*\]/g)].map((m) =>
      m.slice(1).map(Number),
    )
    if (boxes.length !== 1) fault(`${kind}: ${boxes.length} sheets`)
    for (const b of boxes)
      if (b.some((x, i) => Math.abs(x - A5[i]) > 2)) fault(`${kind}: a sheet of ${b} points is not A5`)

    await p.page.emulateMedia({ media: 'print' })
    await p.page.setViewportSize({
      width: Math.round(((148 - 18) / 25.4) * 96),
      height: Math.round(((210 - 18) / 25.4) * 96),
    })
    const printed = await named(p.page, 'paper').innerText()
    const seen = (await p.page.locator('body').innerText()).trim()
    await p.page.screenshot({ path: `${out}/${kind}.png`, fullPage: true })
    const dark = await named(p.page, 'paper')
      .locator('*')
      .evaluateAll((all) =>
        all
          .map((e) => getComputedStyle(e).backgroundColor)
          .filter((c) => !['rgba(0, 0, 0, 0)', 'rgb(255, 255, 255)'].includes(c)),
      )
    if (dark.length) fault(`${kind}: on paper stands ${dark}`)
    const words = (text) =>
      text
        .split('\n')
        .map((l) => l.trim())
        .filter(Boolean)
    // Several may share a line on paper.
    const lost = words(whole).filter((l) => l !== fold.trim() && !printed.includes(l))
    if (lost.length) fault(`${kind}: not on paper: ${lost}`)
    const more = words(seen).filter((l) => !words(printed).includes(l))
    if (more.length) fault(`${kind}: beside the paper: ${more}`)
    for (const d of rx.content.items)
      if (!printed.includes(settings.language === 'en' ? d.nameEn : d.nameZh))
        fault(`${kind}: ${d.nameZh} is not on it`)
    const pressed = await p.page.locator('[role=button]:visible, [role=link]:visible, uni-page-head:visible').count()
    if (pressed) fault(`${kind}: ${pressed} things to press are on paper`)
    await p.context.close()
  }
}
