// Two languages, typed keys. Words lie in src/words/<area>.zh-Hans.json and .en.json; a key is '<area>.<name>'. The
// titles of pages lie in src/locale, where uni reads them as well. Chinese is there from the start, English is fetched.
import { computed, shallowRef, watch } from 'vue'
import { settings } from './settings'
import titlesZH from '@/locale/zh-Hans.json'
import titlesEN from '@/locale/en.json'
import { englishWords } from '@/platform/english'
import { areas } from '@/words'

type Areas = typeof areas
type AreaKey = { [A in keyof Areas]: `${A & string}.${keyof Areas[A] & string}` }[keyof Areas]

/** Every key there is. */
export type Key = AreaKey | keyof typeof titlesZH

type Table = Record<string, string>

const keyed = (words: Record<string, Table>): Table =>
  Object.fromEntries(Object.entries(words).flatMap(([area, texts]) => Object.entries(texts).map(([name, text]) => [`${area}.${name}`, text])))

const chinese: Table = { ...titlesZH, ...keyed(areas) }
const english = shallowRef<Table>()
const table = () => (settings.language === 'en' ? (english.value ?? { ...chinese, ...titlesEN }) : chinese)

/** Whether the words of the language now set are there. */
export const worded = () => settings.language !== 'en' || english.value !== undefined

/** Fetches them when they are not. When that fails the page is Chinese until the next try. */
export async function fetchWords(): Promise<void> {
  if (worded()) return
  const words = await englishWords().catch(() => undefined)
  if (words) english.value = { ...titlesEN, ...keyed(words) }
}

watch(() => settings.language, () => void fetchWords())

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
