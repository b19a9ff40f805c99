// Prescriptions to be written again: a doctor's own (模板) and those the department agreed on (协定方).
import type { Schema } from './api'
import { again } from './earlier'
import { pick } from './i18n'
import { MAX_LINES, bodyOf, type Form } from './prescribing'

export type Template = Schema<'Template'>

/** Those whose name or medicines have the letters that were typed. */
export function matching(list: Template[], typed: string): Template[] {
  const q = typed.trim().toLowerCase()
  return list.filter((x) =>
    [x.name, ...(x.items ?? []).flatMap((i) => [i.name ?? '', i.englishName ?? ''])].some((s) =>
      s.toLowerCase().includes(q),
    ),
  )
}

/**
 * What is typed with the template's lines behind it, as far as a prescription has room. A medicine
 * that stands there stays as it is; diagnoses are taken where there are none. Missing are the names
 * of what the catalogue no longer has, over of what found no room.
 */
export async function taken(
  form: Form,
  of: Template,
  nameOf: (icd: string) => string,
): Promise<{ form: Form; missing: string[]; over: string[] }> {
  const { lines, missing } = await again(
    (of.items ?? []).map((i) => ({ ...i, name: i.name ?? i.drug, nameEn: i.englishName, notes: i.notes ?? '' })),
  )
  const added = lines.filter((l) => !form.lines.some((x) => x.drug === l.drug))
  const diagnoses = form.diagnoses.length
    ? form.diagnoses
    : (of.diagnoses ?? []).map((code) => ({ code, name: nameOf(code) }))
  const all = [...form.lines, ...added]
  return {
    form: { ...form, diagnoses, lines: all.slice(0, MAX_LINES) },
    missing,
    over: all.slice(MAX_LINES).map((l) => pick(l.name, l.nameEn)),
  }
}

/** What is kept of a form. */
export function contentOf(name: string, form: Form): Schema<'TemplateContent'> {
  const { diagnoses, items } = bodyOf(form)
  return { name, diagnoses, items: items ?? [] }
}
