// English names of drugs that a document tells by code and Chinese name alone, from the catalogue;
// each is asked for once.
import { reactive } from 'vue'
import { api } from './api'
import { isChinese } from './i18n'
import { session } from './session'

const known = reactive<Record<string, string | undefined>>({})
const asked = new Set<string>()

/**
 * A drug of a document that has its code and its Chinese name alone: in English the catalogue's
 * name before the signed one, which stays on the paper. Old documents and new ones are read alike.
 * said is an English name that the document has elsewhere.
 */
export function drugIn(code: string, signed: string, said?: string): string {
  const english = (isChinese.value ? '' : said) || englishDrug(code)
  return english && english !== signed ? `${english} (${signed})` : signed
}

/**
 * The catalogue's English name of a code, once it is here; '' before, for what the catalogue does
 * not have, and in Chinese.
 */
function englishDrug(code: string): string {
  if (isChinese.value || !code) return ''
  if (session.value && !asked.has(code)) {
    asked.add(code)
    api.get('/v1/catalogue/drugs/{code}/leaflet', { path: { code } }).then(
      ({ englishName }) => (known[code] = englishName),
      () => asked.delete(code),
    )
  }
  return known[code] ?? ''
}
