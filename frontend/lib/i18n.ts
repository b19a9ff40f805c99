// Two languages, typed keys. Words lie in src/words/<area>.zh-Hans.json and .en.json; a key is
// '<area>.<name>'. The titles of pages lie in src/locale, where uni reads them as well. The Chinese
// of a stranger's first page is there from the start, the rest and English are fetched.
import { computed, shallowRef, watch } from 'vue'
import { settings } from './settings'
import { wordsAt } from './words-at'
import titlesZH from '@/locale/zh-Hans.json'
import titlesEN from '@/locale/en.json'
import { englishWords, pagesWords, staffWords } from '@/platform/english'
import { areas } from '@/words'
import type { pages } from '@/words/pages'
import type { staff } from '@/words/staff'

type Areas = typeof areas & typeof pages & typeof staff
type AreaKey = { [A in keyof Areas]: `${A & string}.${keyof Areas[A] & string}` }[keyof Areas]

/** Every key there is. */
export type Key = AreaKey | keyof typeof titlesZH

type Table = Record<string, string>

const keyed = (words: Record<string, Table>): Table =>
  Object.fromEntries(
    Object.entries(words).flatMap(([area, texts]) =>
      Object.entries(texts).map(([name, text]) => [`${area}.${name}`, text]),
    ),
  )

const chinese = shallowRef<Table>({ ...titlesZH, ...keyed(areas) })
const english = shallowRef<Table>()
const table = () => (settings.language === 'en' ? (english.value ?? { ...chinese.value, ...titlesEN }) : chinese.value)

const parts = [
  { fetch: pagesWords, at: wordsAt.pages },
  { fetch: staffWords, at: wordsAt.staff },
]
const got = shallowRef<unknown[]>([])
const missing = (page: string) => parts.filter((p) => p.at.test(page) && !got.value.includes(p))

/** Whether the words of a page are there in the language now set. */
export const worded = (page: string) =>
  settings.language === 'en' ? english.value !== undefined : !missing(page).length

/** Whether the page can be read, be it in the other language. */
export const readable = (page: string) => english.value !== undefined || !missing(page).length

/**
 * Fetches them when they are not. When English fails the page is Chinese; when that fails too
 * nobody can read it, and it says so (lib/page). Asking again is of no use: browsers keep it that a
 * module did not come, until the app is loaded anew.
 */
export async function fetchWords(page: string): Promise<void> {
  if (settings.language === 'en' && !english.value) {
    const words = await englishWords().catch(() => undefined)
    if (words) english.value = { ...titlesEN, ...keyed(words) }
  }
  if (worded(page)) return
  await Promise.all(missing(page).map(async (part) => {
    const words = await part.fetch().catch(() => undefined)
    if (!words) return
    chinese.value = { ...chinese.value, ...keyed(words) }
    got.value = [...got.value, part]
  }))
}

watch(() => settings.language, () => void fetchWords('pkg-admin/'))

/**
 * The words of a key in the language now set, {name} replaced from values. Reactive in templates
 * and computed values.
 */
export function t(key: Key, values: Record<string, string | number> = {}): string {
  return fill(table()[key] ?? english.value?.[key] ?? key, values)
}

/**
 * t for a key that was put together, such as `status.rx.${status}`; fallback when there is none.
 */
export function tMaybe(key: string, fallback: string, values: Record<string, string | number> = {}): string {
  const text = table()[key]
  return text === undefined ? fallback : fill(text, values)
}

function fill(text: string, values: Record<string, string | number>): string {
  return text.replace(/\{(\w+)\}/g, (all, name: string) => String(values[name] ?? all))
}

export const isChinese = computed(() => settings.language === 'zh-Hans')

/** Of a pair the server sends in both languages. */
export const pick = (zh: string, en: string) => (isChinese.value ? zh : en || zh)

const commas = { words: ['、', ', '], clauses: ['，', ', '], sentences: ['。', '. '] } as const

/**
 * What joins a list of words, of clauses that are read aloud, or of sentences, in the language now
 * set: drugs.join(comma()).
 */
export const comma = (of: keyof typeof commas = 'words') => commas[of][isChinese.value ? 0 : 1]
