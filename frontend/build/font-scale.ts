// Elder mode enlarges text by one variable: every font size and line height in pixels, WeUI's and
// uni-h5's as well as ours, becomes a multiple of --fs, which app-page sets.
import type { Declaration, Plugin } from 'postcss'

const pixels = /(^|[\s,(])(\d*\.?\d+)px/g
const scaled = new Set(['font-size', 'line-height'])

/** The navigation bar is 44 px high whatever it holds; the page's own heading is what grows. */
function titleBar(decl: Declaration): boolean {
  return (
    decl.parent?.type === 'rule' && (decl.parent as { selector?: string }).selector?.includes('uni-page-head') === true
  )
}

export function fontScale(): Plugin {
  return {
    postcssPlugin: 'font-scale',
    Declaration(decl) {
      if (!scaled.has(decl.prop) || decl.value.includes('--fs') || titleBar(decl)) return
      const value = decl.value.replace(pixels, (_, before: string, n: string) =>
        Number(n) === 0 ? `${before}0` : `${before}calc(${n}px * var(--fs, 1))`,
      )
      if (value !== decl.value) decl.value = value
    },
  }
}
