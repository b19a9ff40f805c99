// The Go rooms' own test data, read where it lies: both sides are held against the same files.
// Tests run in frontend/.
import { readFileSync, readdirSync } from 'node:fs'

const root = '../'

export const text = (path: string) => readFileSync(root + path, 'utf8')
export const json = <T>(path: string) => JSON.parse(text(path)) as T
export const files = (folder: string, pattern: RegExp, below = false) =>
  readdirSync(root + folder, { recursive: below, encoding: 'utf8' })
    .filter((f) => pattern.test(f))
    .sort()
