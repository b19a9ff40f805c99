// What a failure means for the person, in the person's language: what happened and what to do.
import { Offline, Refused, type Field } from './api'
import { KeyError, Surprise } from './faults'
import { t, tMaybe } from './i18n'
import { FEW_TRIES } from './keyslot'

export interface Trouble {
  title: string
  /** Each wrong field or broken rule in words. */
  rules: string[]
  /** Request id to tell the hospital, when the fault is the server's. */
  reference: string
  /** There is no such thing, or it is not for this person: asking again cannot help. */
  gone?: boolean
}

/**
 * What was prepared cannot be signed any more: its time is over, or what it rests on has changed.
 * Prepare it again, show it, sign that.
 */
export const outdated = (e: unknown): boolean => e instanceof Refused && /^(intent-|stale$)/.test(e.code)

const GONE = [403, 404, 410]

/** Words for anything that was thrown. */
export function trouble(e: unknown): Trouble {
  if (e instanceof Refused) {
    // An address with an impossible id in it: the person typed nothing that could be corrected.
    if (e.fields.length > 0 && e.fields.every((f) => f.field?.startsWith('path.')))
      return { title: t('problem.not-found'), rules: [], reference: '', gone: true }
    const title = tMaybe(`problem.${e.code}`, t('problem.internal'), {
      seconds: e.retryAfter,
      minutes: Math.ceil(e.retryAfter / 60),
    })
    return {
      title,
      rules: e.fields.map(rule),
      reference: e.status >= 500 ? e.instance.replace('urn:request:', '') : '',
      gone: GONE.includes(e.status),
    }
  }
  if (e instanceof Offline) return { title: t('problem.offline'), rules: [], reference: '' }
  if (e instanceof KeyError) {
    const last = e.fault === 'wrong-pin' && e.left <= FEW_TRIES
    return {
      title: last ? t('problem.key-few-tries', { left: e.left }) : t(`problem.key-${e.fault}`, { left: e.left }),
      rules: [],
      reference: '',
    }
  }
  if (e instanceof Surprise) return { title: t('problem.surprise'), rules: [e.what], reference: '' }
  return { title: t('problem.internal'), rules: [], reference: '' }
}

function rule(f: Field): string {
  return [f.field?.replace(/^body\./, ''), f.rule, f.cite && `(${f.cite})`].filter(Boolean).join(' ')
}

/** The title alone, for a toast. */
export const sentence = (e: unknown) => trouble(e).title
