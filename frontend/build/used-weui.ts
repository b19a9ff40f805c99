// WeUI's sheet has a hundred components and the app uses a dozen: what styles only classes that no source names is left out
// of the browser's build, 20 KB of the first load. The mini-program's package keeps the whole sheet.
import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Plugin, Rule } from 'postcss'

const named = /weui-[a-zA-Z][\w-]*/g

function sources(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((e) => (e.isDirectory() ? sources(join(folder, e.name)) : /\.(vue|ts)$/.test(e.name) ? [join(folder, e.name)] : []))
}

/** A name that ends in _ is put together at run time: whatever begins with it is used. */
export function usedWeUI(folder: string): Plugin {
  const names = new Set(sources(folder).flatMap((file) => readFileSync(file, 'utf8').match(named) ?? []))
  const beginnings = [...names].filter((n) => n.endsWith('_'))
  const used = (name: string) => names.has(name) || beginnings.some((b) => name.startsWith(b))
  return {
    postcssPlugin: 'used-weui',
    Once(root) {
      if (!root.source?.input.file?.includes('App.vue') && !root.source?.input.file?.includes('weui')) return
      root.walkRules((rule: Rule) => {
        const kept = rule.selectors.filter((s) => (s.match(/\.weui-[a-zA-Z][\w-]*/g) ?? []).every((c) => used(c.slice(1))))
        if (kept.length === 0) rule.remove()
        else if (kept.length < rule.selectors.length) rule.selectors = kept
      })
    },
  }
}
