// Writing the note of a visit (病历): what is typed stays on the device until the server has it, and
// a version that somebody saved meanwhile is told of before it is replaced.
import { computed, ref } from 'vue'
import { ask, useAction, useReading } from './action'
import { Refused, api, type Schema } from './api'
import { useDraft } from './draft'
import { t } from './i18n'
import type { Diagnosis } from './prescribing'
import { patientOf, readPatient } from './visit-patients'

const UNREAD = -1

/**
 * saved: the server has the note; whole is false when more was typed meanwhile, which is the next
 * version.
 */
export function useNote(saved: (whole: boolean) => void) {
  const id = ref('')
  const visit = ref<Schema<'ConsultView'>>()
  /** What the hospital has on record itself needs no proof. */
  const declared = computed(() => (patientOf(id.value)?.prior ?? []).filter((p) => p.source === 'declared'))
  const onFile = computed(() =>
    [...(patientOf(id.value)?.prior ?? []), ...(patientOf(id.value)?.health.chronic ?? [])].map((d) => d.code),
  )
  /**
   * base: the version of the note that was read before typing; was: what it held. What was typed
   * over another version goes only when its author says so.
   */
  const { form, of, now, done } = useDraft('note', {
    base: UNREAD,
    was: '',
    complaint: '',
    history: '',
    plan: '',
    diagnoses: [] as Diagnosis[],
    seen: [] as string[],
  })
  const content = () => JSON.stringify([form.complaint, form.history, form.plan, form.diagnoses, form.seen])
  const complete = computed(() => form.complaint.trim() !== '' && form.plan.trim() !== '' && form.diagnoses.length > 0)

  const loading = useReading(async () => {
    const mine = id.value
    const v = await api.get('/v1/consultations/{id}', { path: { id: mine } })
    const patient = patientOf(mine) ?? (await readPatient(mine))
    if (mine !== id.value) return
    const base = v.note?.version ?? 0
    const typed = form.base !== UNREAD && content() !== form.was
    if (
      typed &&
      form.base !== base &&
      (await ask(t('doctor.noteOther'), t('doctor.noteOtherWhat'), t('doctor.noteKeep')))
    )
      form.base = base // saved, it stands above the other one
    if (form.base === base) return void (visit.value = v)
    Object.assign(form, {
      base,
      complaint: v.note?.complaint ?? v.intake.complaint,
      history: v.note?.history ?? '',
      plan: v.note?.plan ?? '',
      diagnoses: (v.note?.diagnoses ?? []).map((d) => ({ ...d })),
      seen: (patient.prior ?? [])
        .filter((p) => v.note?.prior?.some((x) => x.code === p.code && x.hospital === p.hospital))
        .map((p) => p.id),
    })
    form.was = content()
    visit.value = v
  })

  function toggle(prior: string) {
    form.seen = form.seen.includes(prior) ? form.seen.filter((x) => x !== prior) : [...form.seen, prior]
  }

  const saving = useAction(async (key) => {
    const words = now()
    const prior = declared.value
      .filter((p) => form.seen.includes(p.id))
      .map((p) => ({ code: p.code, hospital: p.hospital, date: `${p.date}T00:00:00+08:00` }))
    const { complaint, history, plan } = form
    const body = {
      version: visit.value?.note?.version ?? 0,
      complaint,
      plan,
      diagnoses: form.diagnoses.map((d) => d.code),
      ...(history ? { history } : {}),
      ...(prior.length ? { prior } : {}),
    }
    try {
      visit.value = await api.put('/v1/consultations/{id}/note', { path: { id: id.value }, body }, key)
    } catch (e) {
      if (!(e instanceof Refused) || e.code !== 'note-version') throw e
      return void loading.run() // asks which one stands
    }
    const whole = done(words)
    if (!whole) form.base = visit.value.note?.version ?? 0
    saved(whole)
  })

  /** Begins with a visit, as its form was left. */
  function open(about: string) {
    of((id.value = about))
    visit.value = undefined
  }

  return { id, visit, declared, onFile, form, complete, loading, saving, toggle, open }
}
