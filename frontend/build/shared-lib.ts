import type { Plugin } from 'vite'

/**
 * Makes @/lib the folder that is shared with other clients. uni makes @ the folder src and is asked
 * first, unless a plugin behind it says more. In the mini-program each file of the folder stays a
 * file of its own, as uni does with what lies under src: otherwise all would be poured into
 * common/vendor.js, which then needs files of src/platform that need it in turn, before any is
 * ready. In the browser uni names a chunk after its module's place below src; for one outside that
 * is a name no browser can import, so such a build ends: what is fetched later has a door in src
 * (platform/signing-code.ts).
 */
export function sharedLib(folder: string): Plugin {
  return {
    name: 'shared-lib',
    enforce: 'post',
    config: () => ({ resolve: { alias: [{ find: /^@\/lib\//, replacement: folder }] } }),
    generateBundle(_, bundle) {
      for (const name of Object.keys(bundle))
        if (/(^|\/)\.\./.test(name)) this.error(`no browser can import ${name}: give it a door in src/platform`)
    },
    configResolved({ build }) {
      const output = build.rollupOptions.output
      if (
        process.env.UNI_PLATFORM === 'h5' ||
        !output ||
        Array.isArray(output) ||
        typeof output.manualChunks !== 'function'
      )
        return
      const rest = output.manualChunks
      output.manualChunks = (id, meta) => {
        const file = id.split('?')[0]!
        return file.startsWith(folder) && file.endsWith('.ts')
          ? `lib/${file.slice(folder.length, -'.ts'.length)}`
          : rest(id, meta)
      }
    },
  }
}
