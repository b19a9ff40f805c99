// Packs the browser build: beside each file that Brotli makes smaller a FILE.br, which the server
// sends as it is. The best quality takes too long for a program's start, let alone for a request.
// Usage: node build/brotli.mjs FOLDER
import { readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { brotliCompressSync, constants } from 'node:zlib'

/** What is shorter goes into one packet either way, in bytes. */
const WORTH = 1024

const folder = process.argv[2]
for (const name of readdirSync(folder, { recursive: true, withFileTypes: true })) {
  const path = join(name.parentPath ?? name.path, name.name)
  if (!name.isFile() || path.endsWith('.br')) continue
  const plain = readFileSync(path)
  if (plain.length < WORTH) continue
  const packed = brotliCompressSync(plain, {
    params: {
      [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY,
      [constants.BROTLI_PARAM_SIZE_HINT]: plain.length,
    },
  })
  if (packed.length < plain.length) writeFileSync(`${path}.br`, packed)
}
