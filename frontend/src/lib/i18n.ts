// Two languages, typed keys. Words lie in src/words/<area>.zh-Hans.json and .en.json; a key is '<area>.<name>'. The
// titles of pages lie in src/locale, where uni reads them as well.
import { computed } from 'vue'
import { settings, type Language } from './settings'
import titlesZH from '@/locale/zh-Hans.json'
import titlesEN from '@/locale/en.json'
import { areas } from '@/words'

type Areas = typeof areas
type AreaKey = { [A in keyof Areas]: `${A & string}.${keyof Areas[A]['zh'] & string}` }[keyof Areas]

/** Every key there is. */
export type Key = AreaKey | keyof typeof titlesZH

const tables: Record<Language, Record<string, string>> = { 'zh-Hans': { ...titlesZH }, en: { ...titlesEN } }
for (const [area, { zh, en }] of Object.entries(areas)) {
  for (const [name, text] of Object.entries(zh)) tables['zh-Hans'][`${area}.${name}`] = text
  for (const [name, text] of Object.entries(en)) tables.en[`${area}.${name}`] = text
}

/** The words of a key in the language now set, {name} replaced from values. Reactive in templates and computed values. */
export function t(key: Key, values: Record<string, string | number> = {}): string {
  return fill(tables[settings.language][key] ?? key, values)
}

/** t for a key that was put together, such as `status.rx.${status}`; fallback when there is none. */
export function tMaybe(key: string, fallback: string, values: Record<string, string | number> = {}): string {
  const text = tables[settings.language][key]
  return text === undefined ? fallback : fill(text, values)
}

function fill(text: string, values: Record<string, string | number>): string {
  return text.replace(/\{(\w+)\}/g, (all, name: string) => String(values[name] ?? all))
}

export const isChinese = computed(() => settings.language === 'zh-Hans')

/** Of a pair the server sends in both languages. */
export const pick = (zh: string, en: string) => (isChinese.value ? zh : en || zh)
