// uni-h5's style sheet draws the shadow of its navigation bar from a content network. The page may load nothing from
// anywhere else (its policy forbids it), so the pictures are taken out.
import type { Plugin } from 'vite'

const foreign = /url\(\s*["']?https?:\/\/[^)]*\)/g

export function stripCDN(): Plugin {
  return {
    name: 'strip-cdn',
    enforce: 'post',
    generateBundle(_, bundle) {
      for (const file of Object.values(bundle)) {
        if (file.type === 'asset' && file.fileName.endsWith('.css')) file.source = file.source.toString().replace(foreign, 'none')
      }
    },
  }
}
