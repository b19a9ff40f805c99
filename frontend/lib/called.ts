// What a number is about, in a patient's words: a list of own papers says drugs and doctors, not
// digits. Read as the lists of papers are, so it is there without a network as well.
import { ref } from 'vue'
import { api, type Schema } from './api'
import { doctorNames } from './directory'
import { comma, pick } from './i18n'

/** As many of the newest as a list may hold: what is older keeps its number. */
const MOST = 50
/** Characters of a complaint. */
const SHORT = 14

const short = (text: string) => {
  const [line = ''] = text.trim().split('\n')
  return [...line].length > SHORT ? `${[...line].slice(0, SHORT).join('')}…` : line
}

export function useCalled() {
  const papers = ref<Record<string, Schema<'PrescriptionSummary'>>>({})
  const visits = ref<Record<string, Schema<'ConsultView'>>>({})
  const doctors = ref<Record<string, string>>({})
  /** Numbers that the lists did not have: they are not asked for again and again. */
  const none = new Set<string>()

  async function readPapers(): Promise<void> {
    const { items } = await api.seen('/v1/prescriptions', { query: { limit: MOST } })
    papers.value = { ...papers.value, ...Object.fromEntries((items ?? []).map((rx) => [rx.id, rx])) }
  }
  async function readVisits(): Promise<void> {
    const { consultations } = await api.seen('/v1/consultations', { query: { limit: MOST } })
    const names = await doctorNames((consultations ?? []).map((c) => c.doctor))
    doctors.value = { ...doctors.value, ...names }
    visits.value = { ...visits.value, ...Object.fromEntries((consultations ?? []).map((c) => [c.id, c])) }
  }

  return {
    /** Reads what these numbers are about; where the server does not answer they stay numbers. */
    async look(ids: readonly string[]): Promise<void> {
      const unknown = ids.filter((id) => !none.has(id) && !papers.value[id] && !visits.value[id])
      const [rx, visit] = [unknown.some((id) => id.startsWith('RX')), unknown.some((id) => id.startsWith('CN'))]
      await Promise.all([rx && readPapers(), visit && readVisits()]).then(
        () => unknown.forEach((id) => none.add(id)),
        () => undefined,
      )
    },
    /** Its words; empty while nothing is known of it. */
    called(id: string): string {
      const [rx, visit] = [papers.value[id], visits.value[id]]
      if (rx)
        return (
          (rx.drugs ?? []).map((d) => pick(d.nameZh, d.nameEn)).join(comma()) ||
          pick(rx.diagnosis ?? '', rx.diagnosisEn ?? '')
        )
      return visit ? [doctors.value[visit.doctor], short(visit.intake.complaint)].filter(Boolean).join(' · ') : ''
    },
  }
}
