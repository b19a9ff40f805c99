// Names of diagnoses that are on file by their ICD-10 code alone; each is asked for once.
import { reactive } from 'vue'
import { api, type Schema } from './api'
import { isChinese, pick } from './i18n'
import { session } from './session'

type Found = Schema<'CatalogueDiagnosis'>

const known = reactive<Record<string, Found | undefined>>({})
const asked = new Set<string>()

function look(code: string): Found | undefined {
  if (session.value && !asked.has(code)) {
    asked.add(code)
    api.get('/v1/catalogue/diagnoses', { query: { q: code, limit: 10 } }).then(
      ({ diagnoses }) => (known[code] = diagnoses?.find((d) => d.code === code)),
      () => asked.delete(code),
    )
  }
  return known[code]
}

/** The name as soon as it is known, the code before and for what the catalogue does not have. */
export function diagnosisName(code: string): string {
  const d = look(code)
  return d ? pick(d.name, d.englishName) : code
}

/** Name and code, as a doctor reads it. */
export const diagnosisWords = (code: string) => (look(code) ? `${diagnosisName(code)} ${code}` : code)

/** One that the server tells with its Chinese name. */
export const diagnosisIn = (d: { code: string; name: string }) =>
  isChinese.value ? d.name : (look(d.code)?.englishName ?? d.name)

/**
 * A condition on file: by its own text, in English by the catalogue's word, and by both where the
 * text says something else.
 */
export function conditionName({ code, text }: { code: string; text?: string }): string {
  const d = look(code)
  if (isChinese.value || !d) return text || diagnosisName(code)
  return !text || text === d.name ? d.englishName : `${d.englishName} (${text})`
}
