// Applies "// #ifdef H5" and "// #ifdef MP-WEIXIN" in tests, where the uni plugin does not run.
import type { Plugin } from 'vite'

const block = /^[ \t]*\/\/ #ifdef (\S+)\n([\s\S]*?)^[ \t]*\/\/ #endif[ \t]*\n?/gm

export function keepPlatform(source: string, platform: string): string {
  return source.replace(block, (_, wanted: string, body: string) => (wanted === platform ? body : ''))
}

export function platformBlocks(platform: 'H5' | 'MP-WEIXIN'): Plugin {
  return {
    name: 'platform-blocks',
    enforce: 'pre',
    transform: (code, id) =>
      id.includes('/src/') && code.includes('#ifdef') ? keepPlatform(code, platform) : undefined,
  }
}
