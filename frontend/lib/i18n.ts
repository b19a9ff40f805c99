// Two languages, typed keys. Words lie in src/words/<area>.zh-Hans.json and .en.json; a key is '<area>.<name>'. The
// titles of pages lie in src/locale, where uni reads them as well. Chinese is there from the start, English is fetched.
import { computed, shallowRef, watch } from 'vue'
import { settings } from './settings'
import titlesZH from '@/locale/zh-Hans.json'
import titlesEN from '@/locale/en.json'
import { englishWords, staffWords } from '@/platform/english'
import { areas } from '@/words'
import type { staff } from '@/words/staff'

type Areas = typeof areas & typeof staff
type AreaKey = { [A in keyof Areas]: `${A & string}.${keyof Areas[A] & string}` }[keyof Areas]

/** Every key there is. */
export type Key = AreaKey | keyof typeof titlesZH

type Table = Record<string, string>

const keyed = (words: Record<string, Table>): Table =>
  Object.fromEntries(Object.entries(words).flatMap(([area, texts]) => Object.entries(texts).map(([name, text]) => [`${area}.${name}`, text])))

const chinese = shallowRef<Table>({ ...titlesZH, ...keyed(areas) })
const staffed = shallowRef(false)
const english = shallowRef<Table>()
const table = () => (settings.language === 'en' ? (english.value ?? { ...chinese.value, ...titlesEN }) : chinese.value)

/** Pages whose Chinese words are not there from the start. */
const DESKS = /^\/?(pkg-(admin|gallery|inbox|paper|pharmacy|regulator|reviewer)|pages\/(devices|factor|key|password))\//

/** Whether the words of a page are there in the language now set. */
export const worded = (page: string) => (settings.language === 'en' ? english.value !== undefined : staffed.value || !DESKS.test(page))

/** Fetches them when they are not. When that fails the page is Chinese until the next try. */
export async function fetchWords(page: string): Promise<void> {
  if (worded(page)) return
  if (DESKS.test(page) && !staffed.value) {
    const words = await staffWords().catch(() => undefined)
    if (words) {
      chinese.value = { ...chinese.value, ...keyed(words) }
      staffed.value = true
    }
  }
  if (settings.language !== 'en' || english.value) return
  const words = await englishWords().catch(() => undefined)
  if (words) english.value = { ...titlesEN, ...keyed(words) }
}

watch(() => settings.language, () => void fetchWords('pkg-admin/'))

/** The words of a key in the language now set, {name} replaced from values. Reactive in templates and computed values. */
export function t(key: Key, values: Record<string, string | number> = {}): string {
  return fill(table()[key] ?? key, values)
}

/** t for a key that was put together, such as `status.rx.${status}`; fallback when there is none. */
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
