// Before a log-out: what would be lost is said, and what becomes of unsent messages is the person's
// choice. Without one nothing personal stays on the device; the sealed key stays until it is wiped
// on its own page.
import { ask, pickOne } from './action'
import { t } from './i18n'
import { dropUnsent, unsentOf } from './outbox'

/** Asks; false when the person stays. sealed: a key of the person is on this device. */
export async function mayLeave(person: string, sealed: boolean): Promise<boolean> {
  const unsent = Object.values(unsentOf(person)).reduce((sum, n) => sum + n, 0)
  if (unsent > 0) {
    const choice = await pickOne(t('me.logoutUnsent', { count: unsent }), [t('me.logoutDrop'), t('me.logoutKeep')])
    if (choice === 0) dropUnsent(person)
    return choice !== undefined
  }
  return ask(t('me.logout'), t('me.logoutAsk') + (sealed ? t('me.logoutSealed') : ''))
}
