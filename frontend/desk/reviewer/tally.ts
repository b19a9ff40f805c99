// What this person decided since the log-in in this tab.
import { reactive, watch } from 'vue'
import { t } from '@/lib/i18n'
import { span } from '@/lib/queue'
import { session } from '@/lib/session'

const MINUTE = 60_000
const none = { approved: 0, rejected: 0, ms: 0 }

export const tally = reactive({ ...none })

export function count(approved: boolean, ms: number): void {
  tally[approved ? 'approved' : 'rejected']++
  tally.ms += ms
}

/** How long a decision took. */
export function mean(): string {
  const decided = tally.approved + tally.rejected
  if (!decided) return '—'
  const ms = tally.ms / decided
  return ms < MINUTE ? t('desk.seconds', { seconds: Math.round(ms / 1000) }) : span(Math.round(ms / MINUTE))
}

watch(() => session.value?.account.person, () => Object.assign(tally, none))
