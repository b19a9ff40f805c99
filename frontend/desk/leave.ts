// Leaving the desk: the session ends at the server as well, or here alone when the server cannot be
// reached.
import { api } from '@/lib/api'
import { t } from '@/lib/i18n'
import { mayLeave } from '@/lib/leave'
import { storedKey } from '@/lib/keyslot'
import { end, me } from '@/lib/session'
import { forgetPatients } from '@/lib/visit-patients'
import { unlock } from './lock'
import { router } from './router'
import { say } from './said'

export async function logOut(): Promise<void> {
  if (!(await mayLeave(me().person, storedKey(me().person) !== undefined))) return
  await finish()
}

/** From the lock screen: somebody else wants to work here. */
export async function finish(): Promise<void> {
  // Asked first, as it takes the token along; nothing on the page asks with it any more.
  const ended = api.delete('/v1/sessions/current').catch(() => say(t('desk.endedHere')))
  end()
  forgetPatients()
  unlock()
  await router.replace('/login')
  await ended
}
