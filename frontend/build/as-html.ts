// The mini-app's components in a client without uni: its few tags become the browser's own, a tap
// becomes a click.
import type { NodeTransform } from '@vue/compiler-core'

const ELEMENT = 1
const DIRECTIVE = 7
const tags: Record<string, string> = { view: 'div', text: 'span' }

/**
 * Whether it is one of those tags; any other tag of uni is a component that such a client does not
 * have.
 */
export const isUniTag = (tag: string) => tag in tags

export const asHTML: NodeTransform = (node) => {
  if (node.type !== ELEMENT) return
  node.tag = tags[node.tag] ?? node.tag
  for (const p of node.props) {
    if (p.type === DIRECTIVE && p.name === 'on' && p.arg && 'content' in p.arg && p.arg.content === 'tap')
      p.arg.content = 'click'
  }
}
