// Writing a prescription: for a visit, a draft again, or in the place of a rejected one. The rules
// are asked while typing.
import { computed, onScopeDispose, ref, watch } from 'vue'
import { useAction, useReading } from './action'
import { api, type Schema } from './api'
import * as rx from './prescribing'
import { useCheck } from './rx-check'
import { loadTerms } from './terms'
import { readPatient } from './visit-patients'

/** visit: a new one; draft: go on with one; supersedes: rework a rejected one. */
export interface From {
  visit: string
  draft: string
  supersedes: string
}

/**
 * saved: the draft is at the server, to be read and signed; what was typed stays here until then.
 */
export function usePrescribing(saved: (draft: Schema<'PrescriptionView'>) => unknown) {
  const from = ref<From>({ visit: '', draft: '', supersedes: '' })
  const about = computed(() => from.value.draft || from.value.supersedes || from.value.visit)
  const form = ref<rx.Form>()
  const version = ref(0)
  const rejected = ref<Schema<'PrescriptionReviewView'>>()

  const loading = useReading(async () => {
    const mine = about.value
    const before = from.value.draft || from.value.supersedes
    const [, old] = await Promise.all([
      loadTerms(),
      before ? api.get('/v1/prescriptions/{id}', { path: { id: before } }) : undefined,
    ])
    const visit = old?.content?.visit ?? from.value.visit
    const c = await api.get('/v1/consultations/{id}', { path: { id: visit } })
    await readPatient(visit)
    if (mine !== about.value) return
    if (old?.content) {
      from.value = { ...from.value, visit }
      version.value = old.version
      rejected.value = from.value.supersedes ? old.content.review : undefined
    }
    const fresh = old?.content
      ? rx.formOf(old.content)
      : { ...rx.emptyForm(), diagnoses: (c.note?.diagnoses ?? []).map((d) => ({ ...d })) }
    form.value = rx.keptForm(about.value) ?? fresh
  })

  const body = () => ({
    ...rx.bodyOf(form.value!),
    visit: from.value.visit,
    ...(from.value.supersedes ? { supersedes: from.value.supersedes } : {}),
  })
  const check = useCheck(() => (form.value?.lines.length && form.value.diagnoses.length ? body() : undefined))
  watch(form, (f) => f && (rx.keepForm(about.value, f), check.soon()), { deep: true })
  onScopeDispose(check.stop)

  const longest = computed(() => Math.max(0, ...(form.value?.lines ?? []).map((l) => l.days)))
  const graves = computed(() => (check.report.findings ?? []).filter(rx.needsReason))
  const unanswered = computed(() => graves.value.filter((f) => !form.value?.overrides[f.key]?.trim()))
  const ready = computed(
    () =>
      form.value !== undefined &&
      form.value.lines.length > 0 &&
      form.value.diagnoses.length > 0 &&
      check.state === 'ready' &&
      !(check.report.refusals ?? []).length &&
      unanswered.value.length === 0,
  )

  function add(d: rx.Drug) {
    if (!form.value!.lines.some((l) => l.drug === d.code)) form.value!.lines.push(rx.lineOf(d))
  }

  const saving = useAction(async (key) => {
    const full = { ...body(), ...rx.bodyOf(form.value!, check.report.findings ?? []) }
    const draft = from.value.draft
      ? await api.put(
          '/v1/prescriptions/{id}',
          { path: { id: from.value.draft }, body: { ...full, version: version.value } },
          key,
        )
      : await api.post('/v1/prescriptions', { body: full }, key)
    rx.keepForm(about.value, undefined)
    await saved(draft)
  })

  /** Begins anew with what is said; what was typed about it and not saved comes back. */
  function open(start: Partial<From>) {
    from.value = { visit: '', draft: '', supersedes: '', ...start }
    form.value = rejected.value = undefined
    version.value = 0
    check.soon()
  }

  return { from, form, version, rejected, loading, check, longest, unanswered, ready, add, saving, open }
}
