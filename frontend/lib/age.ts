// Ages as a prescription states them (处方管理办法 art. 6 (5)): newborns in days, infants in months and
// days, small children with months.
import type { Schema } from './api'
import { t } from './i18n'

type Age = Schema<'PrescriptionAge'>

const NEWBORN_DAYS = 28
/** Below it months are said as well. */
const MONTHS_BELOW = 6

export function ageWords({ years, months, days }: Age): string {
  if (years === 0 && months * 30 + days < NEWBORN_DAYS) return t('common.age.days', { days })
  if (years === 0 && days === 0) return t('common.age.months', { months })
  if (years === 0) return t('common.age.monthsDays', { months, days })
  if (years < MONTHS_BELOW && months > 0) return t('common.age.yearsMonths', { years, months })
  return t('common.age.years', { years })
}

/** Kilograms with the decimals that were weighed: 9400 is 9.4. */
export const kilograms = (grams: number) => t('common.weight', { kg: String(grams / 1000) })

/** Age, date of birth, and the weight as far as it is known. */
export function bodyWords(p: { ageOf: Age; birth?: string; weightGrams?: number }): string {
  return [ageWords(p.ageOf), p.birth, p.weightGrams ? kilograms(p.weightGrams) : ''].filter(Boolean).join(' · ')
}
