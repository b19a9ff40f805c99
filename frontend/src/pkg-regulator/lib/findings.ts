// What the regulator's rules found, in words.
import { api, type Schema } from '@/lib/api'
import { isChinese } from '@/lib/i18n'
import { orgName } from '@/lib/orgs'
import { moment } from '@/lib/time'
import { signingCode } from '@/platform/signing'
import { lists } from './lists'
import { short } from './words'

export type Finding = Schema<'OversightFinding'>
export type Rule = Schema<'OversightRule'>

export const ruleWords = (rule: Rule) => (isChinese.value ? rule.zh : rule.en)
export const sourceWords = (rule: Rule) => (isChinese.value ? rule.citation.zh : rule.citation.en)

/** Subjects of the chain have a page; a volume is about who and when. */
export { isSubject } from '@/lib/subject'

export const aboutWords = (f: Finding) =>
  [short(f.subject), f.org && orgName(f.org), moment(f.at)].filter(Boolean).join(' · ')

/**
 * Whether the log root over all records that the regulator has seen is the one that the members
 * sealed, their seals checked here; undefined before the first. It throws when there is no answer.
 */
export async function rootAgrees(place: Schema<'OversightPlace'>): Promise<boolean | undefined> {
  if (!place.proved) return undefined
  const { Refusal, MembersError, verifySealed } = await signingCode()
  const [timeline, text] = await Promise.all([
    lists(),
    api.text('/v1/chain/headers/{height}', { path: { height: place.proved } }),
  ])
  try {
    const header = verifySealed(timeline, text)
    return header.height === place.proved && header.logRoot === place.root
  } catch (e) {
    if (e instanceof Refusal || e instanceof MembersError) return false
    throw e
  }
}
