// A prescription while it is typed: defaults from the catalogue, packages that cover the days,
// running price, and a copy on the device so that nothing typed is lost. What is allowed is the
// server's word (POST /v1/prescriptions/check).
import type { Schema } from './api'
import { own } from './session'
import { dosesIn } from './terms'

export type Drug = Schema<'CatalogueDrug'>
export type Finding = Schema<'PrescriptionFinding'>
export type Refusal = Schema<'PrescriptionRefusal'>
export type Report = Schema<'PrescriptionReport'>

/** One line as the doctor edits it. */
export interface Line {
  drug: string
  name: string
  nameEn: string
  strength: string
  /**
   * Packing as printed, and what it counts; pieces 0 in a line that was drafted before: not known.
   */
  package: string
  pieces: number
  unit: string
  packageUnit: string
  insurance: 'A' | 'B' | 'C'
  priceFen: number
  doseUnit: string
  /** The catalogue's usual dose, from which the picker's choices come. */
  usualDose: string
  dose: string
  frequency: string
  route: string
  days: number
  packages: number
  notes: string
  /** Packages the usual dosage needs for usualDays. */
  usualPackages: number
  usualDays: number
}

export interface Diagnosis {
  code: string
  name: string
}

export interface Form {
  diagnoses: Diagnosis[]
  lines: Line[]
  longTerm: { reason: string; assessment: string; patientAgreed: boolean }
  /** Written reasons by the key of the finding. */
  overrides: Record<string, string>
}

export const emptyForm = (): Form => ({
  diagnoses: [],
  lines: [],
  longTerm: { reason: '', assessment: '', patientAgreed: false },
  overrides: {},
})

/**
 * Longest supply without a written reason and without an assessment, days; the server holds the
 * rule.
 */
export const PLAIN_DAYS = 7
export const ASSESSED_DAYS = 28
export const MAX_LINES = 5
const MAX_PACKAGES = 99

export function lineOf(d: Drug): Line {
  const { dose, doseUnit, frequency, route, days, packages } = d.usual
  return {
    drug: d.code,
    name: d.name,
    nameEn: d.englishName,
    strength: d.strength,
    package: d.package,
    pieces: d.pieces,
    unit: d.unit,
    packageUnit: d.packageUnit,
    insurance: d.insurance,
    priceFen: d.priceFen,
    doseUnit,
    usualDose: dose,
    dose,
    frequency,
    route,
    days,
    packages,
    notes: '',
    usualPackages: packages,
    usualDays: days,
  }
}

/**
 * Packages that cover the days: counted where the strength of a piece can be read ('20mg'), else in
 * proportion to the usual.
 */
export function packagesFor(line: Line): number {
  const piece = /^([\d.]+)([^\d.:：]+)$/.exec(line.strength)
  const doses = dosesIn(line.frequency, line.days)
  let count = (line.usualPackages * line.days) / line.usualDays
  if (line.pieces && piece && doses !== undefined && piece[2] === line.doseUnit && Number(piece[1]) > 0) {
    count = (doses * Math.ceil(Number(line.dose) / Number(piece[1]))) / line.pieces
  }
  return Math.min(MAX_PACKAGES, Math.max(1, Math.ceil(count)))
}

/** Packages follow dose, frequency and days until the doctor sets them. */
export function edited(before: Line, part: Partial<Line>): Line {
  const line = { ...before, ...part }
  return 'packages' in part || 'notes' in part || 'route' in part ? line : { ...line, packages: packagesFor(line) }
}

const steps = [0.25, 0.5, 1, 1.5, 2, 3, 4]

/**
 * The doses on offer: parts and multiples of the usual one, and the one chosen. Decimal text
 * without rounding noise.
 */
export function doses(line: Line): string[] {
  const usual = Number(line.usualDose)
  const list = steps.map((s) => String(Number((usual * s).toPrecision(6))))
  return (list.includes(line.dose) ? list : [...list, line.dose]).sort((a, b) => Number(a) - Number(b))
}

export const total = (lines: Line[]) => lines.reduce((sum, l) => sum + l.priceFen * l.packages, 0)

/** Reasons that are given most. */
export const quickReasons = ['benefit', 'tolerated', 'monitored'] as const

export const needsReason = (f: Finding) => f.severity !== 'info'

/** The body for drafting, or for the check while typing, where reasons do not matter yet. */
export function bodyOf(form: Form, findings: Finding[] = []): Schema<'PrescriptionDraftInput'> {
  const longest = Math.max(0, ...form.lines.map((l) => l.days))
  const { reason, assessment, patientAgreed } = form.longTerm
  return {
    diagnoses: form.diagnoses.map((d) => d.code),
    items: form.lines.map(({ drug, dose, frequency, route, days, packages, notes }) => ({
      drug,
      dose,
      frequency,
      route,
      days,
      packages,
      ...(notes ? { notes } : {}),
    })),
    ...(longest > PLAIN_DAYS
      ? { longTerm: { reason, ...(longest > ASSESSED_DAYS ? { assessment, patientAgreed } : {}) } }
      : {}),
    overrides: findings
      .filter(needsReason)
      .flatMap((f) => (form.overrides[f.key]?.trim() ? [{ key: f.key, reason: form.overrides[f.key]!.trim() }] : [])),
  }
}

/** What was drafted before, for editing or rework. */
export function formOf(rx: Schema<'PrescriptionDetails'>): Form {
  return {
    diagnoses: (rx.diagnoses ?? []).map((d) => ({ code: d.code, name: d.nameZh })),
    lines: (rx.items ?? []).map((i) => ({
      drug: i.drug,
      name: i.nameZh,
      nameEn: i.nameEn,
      strength: i.strength,
      package: i.packageUnit,
      pieces: 0,
      unit: '',
      packageUnit: i.packageUnit,
      insurance: i.class,
      priceFen: i.priceFen,
      doseUnit: i.doseUnit,
      usualDose: i.dose,
      dose: i.dose,
      frequency: i.frequency,
      route: i.route,
      days: i.days,
      packages: i.packages,
      notes: i.notes,
      usualPackages: i.packages,
      usualDays: i.days,
    })),
    longTerm: {
      reason: rx.longTerm?.reason ?? '',
      assessment: rx.longTerm?.assessment ?? '',
      patientAgreed: rx.longTerm?.patientAgreed ?? false,
    },
    overrides: Object.fromEntries((rx.overrides ?? []).map((o) => [o.key, o.reason])),
  }
}

/** Goes with the session (lib/session), so the next person on the device does not find it. */
const slot = 'drafts'

function kept(): Record<string, Form> {
  try {
    return JSON.parse(own.read(slot)) as Record<string, Form>
  } catch {
    return {}
  }
}

/** What was typed about a visit or prescription and not saved. */
export const keptForm = (about: string): Form | undefined => kept()[`rx:${about}`]

export function keepForm(about: string, form: Form | undefined): void {
  const { [`rx:${about}`]: _, ...others } = kept()
  own.write(slot, JSON.stringify(form ? { ...others, [`rx:${about}`]: form } : others))
}
