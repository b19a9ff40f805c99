// What changed since a prescription was signed, and what the next step must say to it.
import { kilograms } from './age'
import type { Schema } from './api'
import { comma, t } from './i18n'

export type Recheck = Schema<'PrescriptionRecheck'>
type Finding = Schema<'PrescriptionFinding'>
type Override = Schema<'PrescriptionOverride'>

/** The shortest reason the server takes. */
const REASON = 4

export const good = (text: string | undefined) => (text ?? '').trim().length >= REASON

/**
 * At the counter a critical one is answered by the prescriber, everything else by a written reason.
 */
export const toAnswer = (r: Recheck | undefined, counter: boolean): Finding[] =>
  (r?.new ?? []).filter((f) => !counter || f.severity !== 'critical')

export const toAsk = (r: Recheck | undefined): Finding[] => (r?.new ?? []).filter((f) => f.severity === 'critical')

export const overridesOf = (list: Finding[], reasons: Record<string, string>): Override[] =>
  list.map((f) => ({ key: f.key, reason: (reasons[f.key] ?? '').trim() }))

export const answered = (list: Finding[], reasons: Record<string, string>) => list.every((f) => good(reasons[f.key]))

/** Whether there is anything to show. */
export const moved = (r: Recheck | undefined) => !!r && (!!r.new?.length || !!r.changed?.length || !!r.refusals?.length)

/** Each fact of the patient that changed, as it is now. */
export function changedWords(r: Recheck | undefined): string[] {
  const now = r?.patient
  if (!now) return []
  return (r.changed ?? []).map((fact) => {
    if (fact === 'allergies')
      return (
        t('doctor.allergies') +
        ((now.allergies ?? []).map((a) => a.text || a.allergen).join(comma()) ||
          t(now.allergiesAsked ? 'doctor.none' : 'doctor.notAsked'))
      )
    if (fact === 'weight')
      return t('common.nowWeight', { weight: now.weightGrams ? kilograms(now.weightGrams) : t('common.unknown') })
    const answer = fact === 'pregnant' ? now.pregnant : now.lactating
    return t(`common.now.${fact}`, {
      answer: t(answer === 'yes' ? 'common.yes' : answer === 'no' ? 'common.no' : 'common.unknown'),
    })
  })
}
