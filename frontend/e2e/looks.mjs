// What a person would notice on a page, found by looking at its boxes and words; and what a screen
// reader would, by axe.
import { createRequire } from 'node:module'
import { readFileSync } from 'node:fs'

const areas = [
  ...readFileSync(new URL('../src/words/english.ts', import.meta.url), 'utf8').matchAll(/^import (\w+) from/gm),
].map((m) => m[1])
if (areas.length < 5) throw new Error('looks: the areas of src/words are not found any more')

/**
 * axe as the Playwright package brings it. Its builder reads each page in a second tab of its own,
 * which costs more than the check.
 */
const axe = readFileSync(
  createRequire(import.meta.resolve('@axe-core/playwright')).resolve('axe-core/axe.min.js'),
  'utf8',
)

/**
 * Words on what was just done come and go by themselves: half way in or out they have no contrast.
 */
const passing = [['.t-message'], ['uni-toast']]
/** How long what moves may take to come to rest. */
const STILL = 5000

/**
 * Until nothing in the document fades or slides any more. Not waited for are what turns for ever,
 * such as a sign that something loads, and what uni does out of sight three seconds after a start,
 * so that the shadow of its bar is there when it is wanted.
 */
export const still = (page) => page.evaluate(async (most) => {
  const moving = () =>
    document
      .getAnimations()
      .filter(
        (a) =>
          a.playState === 'running' &&
          a.animationName !== 'shadow-preload' &&
          a.effect.getComputedTiming().endTime !== Infinity,
      )
  for (const end = performance.now() + most; moving().length && performance.now() < end;)
    await new Promise((next) => setTimeout(next, 30))
}, STILL)

/** What axe finds once the page is still; of the impacts named, or of every one. */
export async function axeFaults(page, ...impacts) {
  await still(page)
  if (!(await page.evaluate(() => 'axe' in globalThis))) await page.evaluate(axe)
  const found = await page.evaluate(
    (exclude) => globalThis.axe.run({ exclude }, { resultTypes: ['violations'] }),
    passing,
  )
  return found.violations
    .filter((v) => !impacts.length || impacts.includes(v.impact))
    .map(
      (v) =>
        `${v.id} (${v.impact}): ${v.nodes
          .map((n) => n.target.join(' '))
          .slice(0, 3)
          .join(' | ')}`,
    )
}

/**
 * Runs in the page. Text nodes, their boxes, what clips them, what can be pressed, and in which
 * language it is.
 */
function inspect({ target, bar, language, data, latin, areas }) {
  const faults = []
  const short = (text) => (text.length > 40 ? `${text.slice(0, 40)}…` : text)
  const where = (e) =>
    `${e.closest('[data-name]')?.dataset.name ?? ''} ${e.localName}.${[...e.classList].join('.')}`.trim()
  const seen = (e) => e.checkVisibility({ visibilityProperty: true, opacityProperty: true })
  const root = document.documentElement
  const width = root.clientWidth
  if (root.scrollWidth > width) {
    const wide = [...document.body.querySelectorAll('*')]
      .filter((e) => seen(e) && e.getBoundingClientRect().right > width + 1)
      .pop()
    faults.push(`scrolls sideways: ${root.scrollWidth} > ${width}: ${wide ? where(wide) : ''}`)
  }

  /**
   * The first ancestor that cuts the box off, unless it says so with an ellipsis or can be
   * scrolled.
   */
  function cutter(e, box) {
    for (let up = e; up && up !== document.body; up = up.parentElement) {
      const style = getComputedStyle(up)
      const around = up.getBoundingClientRect()
      if (
        /hidden|clip/.test(style.overflowX) &&
        style.textOverflow !== 'ellipsis' &&
        (box.right > around.right + 1.5 || box.left < around.left - 1.5)
      )
        return up
      if (/hidden|clip/.test(style.overflowY) && (box.bottom > around.bottom + 4 || box.top < around.top - 4)) return up
      if (/auto|scroll/.test(style.overflowX + style.overflowY) || style.textOverflow === 'ellipsis') return undefined
    }
    return undefined
  }

  function floats(e) {
    for (let up = e; up && up !== document.body; up = up.parentElement)
      if (/fixed|sticky/.test(getComputedStyle(up).position)) return true
    return false
  }

  /** What folds a long text after some lines, saying so with an ellipsis. */
  function clamp(e) {
    for (let up = e; up && up !== document.body; up = up.parentElement)
      if (getComputedStyle(up).webkitLineClamp !== 'none') return up
    return undefined
  }

  const boxes = []
  const words = []
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const e = node.parentElement
    if (!node.data.trim() || /^(script|style|textarea)$/.test(e.localName) || !seen(e)) continue
    const range = document.createRange()
    range.selectNodeContents(node)
    const rects = [...range.getClientRects()].filter((r) => r.width > 1 && r.height > 1)
    if (!rects.length) continue
    if (!e.closest('[aria-hidden=true]')) words.push([node.data.trim(), e])
    const folded = clamp(e)?.getBoundingClientRect().bottom ?? Infinity
    for (const r of rects) {
      if (r.top > folded - 2) continue
      const scrolls = e.closest('uni-picker-view,.uni-picker-container,[data-name=phrases]')
      if (!scrolls && (r.right > width + 1 || r.left < -1) && getComputedStyle(e).textOverflow !== 'ellipsis')
        faults.push(`outside the screen: "${short(node.data.trim())}" ${where(e)}`)
      const by = scrolls ? undefined : cutter(e, r)
      if (by) faults.push(`cut: "${short(node.data.trim())}" by ${where(by)}`)
      if (!floats(e)) boxes.push([r, node.data.trim(), e])
    }
  }
  // Floating things lie over text on purpose; what stands in the page must not.
  for (const [i, [a, text, e]] of boxes.entries()) {
    for (const [b, other, f] of boxes.slice(i + 1)) {
      const dx = Math.min(a.right, b.right) - Math.max(a.left, b.left)
      const dy = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top)
      if (e !== f && dx > 2 && dy > Math.min(a.height, b.height) / 3)
        faults.push(`overlap: "${short(text)}" and "${short(other)}" ${where(e)}`)
    }
  }

  const pressed =
    '[role=button],[role=link],[role=tab],[role=switch],[role=checkbox],[role=radio],uni-button,uni-input,uni-textarea'
  for (const e of document.querySelectorAll(pressed)) {
    if (!seen(e)) continue
    const { width: w, height: h } = e.getBoundingClientRect()
    const least = e.closest('.uni-page-head') ? bar : target
    if (w > 0 && h > 0 && (w < least - 0.5 || h < least - 0.5))
      faults.push(`target ${Math.round(w)}×${Math.round(h)} < ${least}: ${where(e)} "${short(e.textContent.trim())}"`)
  }

  for (const e of document.querySelectorAll('[aria-label],[alt]')) {
    if (seen(e)) words.push(...['aria-label', 'alt'].map((a) => [e.getAttribute(a) ?? '', e]))
  }
  const key = new RegExp(`\\b(${areas.join('|')})\\.[a-z]+[A-Za-z.]*\\b|\\{\\w+\\}|undefined|\\bNaN\\b|\\[object`)
  /** Chinese laws and labels are cited by their names. */
  const cited = /《[^》]+》[^ ,;.]*|[^\s:(]*说明书(【[^】]+】)*\S*|药品目录常用量|本院规定/g
  for (const [text, e] of words) {
    const rest = data.reduce((left, word) => left.replaceAll(word, ''), text)
    // Also where a text stands as it is, such as a drug's name: what is left in English are the
    // words that people wrote.
    // The signed text itself; documents made up for show.
    const exact = e.closest('[data-name=record],[data-name=gallery] [data-verbatim]')
    if (language === 'en' && !exact && /[\u3000-\u9fff\uff00-\uffef]/.test(rest.replace(cited, '')))
      faults.push(`not English: "${short(text)}" ${where(e)}`)
    if (e.closest('[data-verbatim]')) continue
    if (key.test(rest)) faults.push(`raw: "${short(text)}" ${where(e)}`)
    if (language !== 'en' && /[A-Za-z]{3,}/.test(rest.replace(new RegExp(latin, 'g'), '')))
      faults.push(`not Chinese: "${short(text)}" ${where(e)}`)
  }
  return [...new Set(faults)]
}

/**
 * Letters that are no English left over: numbers of things, units, marks, names of standards and of
 * this program.
 */
const latin = [
  String.raw`\b(RX|CN|ST)\d{14,}\b`,
  String.raw`RXP1(:\S*)?`,
  String.raw`\b(rx|key|pay|pr|cert):[\w:.…-]+`,
  String.raw`\b[0-9a-f]{5,}…[0-9a-f]*`,
  String.raw`\b[0-9a-f]{16,}\b`,
  String.raw`\b[0-9a-f]{12}\b`,
  String.raw`\b[0-9a-f]{4}( [0-9a-f]{4}){2}\b`,
  String.raw`\bD\d{4}\b`,
  String.raw`\b\d[\d.]*\s*(mg|ml|kPa|mmol|IU|g|μg)\b`,
  String.raw`\b(PIN|eGFR|INR|mL/min|SM2|SM3|SM4|CYP\w+|Redis|English|ICD|chrome|linux|dev|localhost)\b`,
  String.raw`\b(ca|seal|consortium|insurer|sandbox)-\w+`,
  String.raw`\bdemo-\w+`,
  String.raw`\bplayed\.\w+`,
  String.raw`\boversight\.token\b`,
].join('|')

/**
 * Faults of the page as it stands. data: words that are what they are in every language, such as
 * names.
 */
export async function layoutFaults(page, { scale, language }, data) {
  const target = scale > 1 ? 60 : 44
  return page.evaluate(inspect, {
    target,
    bar: 44,
    language,
    data: [...data].sort((a, b) => b.length - a.length),
    latin,
    areas,
  })
}
