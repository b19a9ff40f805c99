// uni-h5's style sheet draws the shadow of its navigation bar from a content network. The page may
// load nothing from anywhere else (its policy forbids it), so the pictures are taken out. So is the
// mini-program runtime's call that fetches the same picture three seconds after every start.
import type { Plugin } from 'vite'

const foreign = /url\(\s*["']?https?:\/\/[^)]*\)/g
const runtime = '@dcloudio/uni-mp-weixin/dist/uni.mp.esm.js'
const fetching = /^\s*preloadAsset\(\);$/m

export function stripCDN(): Plugin {
  return {
    name: 'strip-cdn',
    enforce: 'post',
    transform(code, id) {
      if (!id.endsWith(runtime)) return undefined
      if (!fetching.test(code)) this.error('the runtime fetches its picture in another way than it did')
      return { code: code.replace(fetching, ''), map: null }
    },
    generateBundle(_, bundle) {
      for (const file of Object.values(bundle)) {
        if (file.type === 'asset' && file.fileName.endsWith('.css'))
          file.source = file.source.toString().replace(foreign, 'none')
      }
    },
  }
}
