// Waiting, in words: how long, at which place, and the range that was measured. Nothing is said
// that was not measured.
import type { Schema } from './api'
import { t } from './i18n'

const MINUTE = 60_000

/** '25 分钟', '3 小时 5 分钟', '2 天 3 小时'. */
export function span(minutes: number): string {
  if (minutes < 60) return t('queue.minutes', { minutes: Math.max(0, minutes) })
  if (minutes < 24 * 60)
    return [
      t('queue.hours', { hours: Math.floor(minutes / 60) }),
      minutes % 60 ? t('queue.minutes', { minutes: minutes % 60 }) : '',
    ]
      .filter(Boolean)
      .join(' ')
  return t('queue.days', { days: Math.floor(minutes / 1440), hours: Math.floor((minutes % 1440) / 60) })
}

/** How long somebody waits by now; undefined when the waiting has not begun. */
export function waited(since: string | undefined, now: number): string | undefined {
  const ms = since ? now - Date.parse(since) : -1
  if (ms < 0) return undefined
  return ms < MINUTE ? t('queue.new') : t('queue.waited', { time: span(Math.floor(ms / MINUTE)) })
}

/** What a patient is told of the time that is left. */
export function estimate(p: Schema<'WaitingPlace'>): string {
  if (!p.measured) return t('queue.unknown')
  if (p.longer) return t('queue.longer', { count: p.measured })
  return t('queue.range', { from: span(p.fromMinutes ?? 0), to: span(p.toMinutes ?? 0), count: p.measured })
}
