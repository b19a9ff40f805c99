// The members' lists, checked on this device from the genesis list on; checked anew only when the
// server has another text.
import { api } from '@/lib/api'
import type { Change, Timeline } from '@/lib/history'
import { t } from '@/lib/i18n'
import { signingCode } from '@/platform/signing'

let known: { text: string; timeline: Timeline } | undefined

/** Throws MembersError for lists that cannot be trusted, Offline when there is no answer. */
export async function lists(): Promise<Timeline> {
  const { openHistory } = await signingCode()
  const text = await api.text('/v1/chain/history.json')
  if (known?.text !== text) known = { text, timeline: openHistory(text) }
  return known.timeline
}

/** A change in words, by the list that it is for. */
export async function changeWords(timeline: Timeline, change: Change): Promise<string> {
  const { deedOf } = await signingCode()
  const before = timeline.find((s) => s.roster.digest === change.base)?.roster
  if (!before) return t('regulator.deed.unknown')
  const name = change.member?.name ?? before.orgs.get(change.remove ?? '')?.name ?? change.remove ?? ''
  return t(`regulator.deed.${deedOf(before, change)}`, {
    name,
    power: change.member?.power ?? 0,
    version: change.schema?.v ?? 0,
    height: change.schema?.from ?? 0,
  })
}
