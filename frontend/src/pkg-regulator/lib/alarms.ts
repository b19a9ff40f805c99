// What this node finds wrong with the chain, in words.
import { api, type Schema } from '@/lib/api'
import { t, tMaybe } from '@/lib/i18n'

export type Alarm = Schema<'WatchAlarm'>
export type Report = Schema<'WatchReport'>
export type PeerState = Schema<'WatchPeerState'>

export const alarms = () => api.get('/v1/chain/alarms')

export const alarmWords = (a: Alarm) => tMaybe(`regulator.alarm.${a.kind}`, a.text)

/** How another member's explorer compares with this node. */
export function peerWords(report: Report, peer: PeerState): string {
  if (!peer.reachable) return t('regulator.peer.unreachable')
  if (!peer.agrees) return t('regulator.peer.differs')
  if ((report.open ?? []).some((a) => a.kind === 'lagging' && a.member === peer.member)) return t('regulator.peer.lags')
  return t(peer.compared ? 'regulator.peer.agrees' : 'regulator.peer.waiting')
}
