// What the server recognises in a complaint, and the questions that belong to it. Where it is
// switched off, or does not answer, there is nothing: the form works as without it.
import { reactive } from 'vue'
import { api, type Schema } from './api'
import { pick } from './i18n'

export type Case = Schema<'CaseOutputBody'>
export type Sign = Schema<'TriageSign'>
export type Question = Schema<'TriageQuestion'>
type Answer = Schema<'TriageAnswer'>
export type Reply = Answer['reply']

/** Pause in typing before the server is asked, in ms. */
const PAUSE = 600
/** As many answers as the server takes. */
const MOST = 12

/** Either language of what the tables say. */
export const said = (text: Schema<'TriageText'>) => pick(text.zh, text.en)

/**
 * What was recognised last in what the patient writes while waiting, up to this level: a hint. Once
 * the visit has begun the doctor judges.
 */
export const warned = (messages: readonly { sign?: Sign }[], state: string | undefined, level = 4) =>
  ['requested', 'accepted'].includes(state ?? '')
    ? [...messages].reverse().find((m) => m.sign && m.sign.level <= level)?.sign
    : undefined

export interface Triage {
  /** Signs for which nobody waits for an online visit, the gravest first. */
  signs: Sign[]
  /** Asked of the person, in order; the ones in `again` contradict what was written. */
  questions: Question[]
  again: string[]
  departments: Schema<'TriageSuggestion'>[]
  replies: Record<string, Answer>
  /** Something was looked at: finding nothing is then said as such. */
  looked: boolean
  /** Neither switch is on here. */
  off: boolean
  /** The complaint was changed: the server is asked when typing pauses. */
  typed(complaint: string, whom: string): void
  reply(code: string, reply: Reply): Promise<void>
  /** The person means that none of what was recognised is so. */
  notSo(): Promise<void>
  /** The page is left: nothing is asked any more. */
  stop(): void
  /** Asks now. */
  look(): Promise<void>
  /** The answers, to go with a request. */
  answers(): Answer[]
}

export function useTriage(): Triage {
  let complaint = ''
  let whom = ''
  let timer: ReturnType<typeof setTimeout> | undefined
  let turn = 0
  const triage: Triage = reactive({
    signs: [] as Sign[],
    questions: [] as Question[],
    again: [] as string[],
    departments: [] as Schema<'TriageSuggestion'>[],
    replies: {} as Record<string, Answer>,
    looked: false,
    off: false,
    typed(text: string, of: string) {
      const words = text.trim()
      if (words === complaint && of === whom) return
      ;[complaint, whom] = [words, of]
      clearTimeout(timer)
      timer = setTimeout(() => void triage.look(), PAUSE)
    },
    async reply(code: string, reply: Reply) {
      keep(code, reply, triage.again.includes(code))
      await ask(false)
    },
    async notSo() {
      for (const s of triage.signs) keep(s.code, 'no', true)
      await ask(false)
    },
    async look() {
      clearTimeout(timer)
      await ask(true)
    },
    stop: () => clearTimeout(timer),
    answers: () => Object.values(triage.replies).slice(-MOST),
  })

  /** The newest last: it is sent whatever was answered before. */
  function keep(question: string, reply: Reply, sure: boolean) {
    delete triage.replies[question]
    triage.replies[question] = { question, reply, ...(sure ? { sure } : {}) }
  }

  /** Other words bring other questions; an answer brings none, so that there is an end to them. */
  async function ask(anew: boolean) {
    const mine = ++turn
    if (!complaint) {
      Object.assign(triage, { signs: [], questions: [], again: [], departments: [], looked: false })
      return
    }
    const on = await switches()
    if (mine !== turn) return
    triage.off = on !== undefined && !on.flagsOn && !on.departmentsOn
    const found =
      on && !triage.off
        ? await api
            .post('/v1/triage', { body: { complaint, for: whom || undefined, answers: triage.answers() } })
            .catch(() => undefined)
        : undefined
    if (mine !== turn) return
    if (!found) {
      if (anew) Object.assign(triage, { signs: [], questions: [], again: [], departments: [], looked: false })
      return
    }
    const again = found.again ?? []
    const kept = anew ? triage.questions.filter((q) => triage.replies[q.code]) : triage.questions
    const more = [...(anew ? (found.questions ?? []) : []), ...again]
    triage.questions = [...kept, ...more.filter((q) => !kept.some((k) => k.code === q.code))]
    triage.again = again.map((q) => q.code)
    triage.signs = found.emergency ? (found.signs ?? []).filter((s) => s.level <= 2) : []
    triage.departments = found.departments ?? []
    triage.looked = true
  }
  return triage
}

interface Switches {
  flagsOn: boolean
  departmentsOn: boolean
}
let told: Promise<Switches | undefined> | undefined
/** What is on here: asked once, and again where there was no answer. */
function switches(): Promise<Switches | undefined> {
  told ??= api.get('/v1/triage').catch(() => ((told = undefined), undefined))
  return told
}

/** Whether departments are suggested here. */
export const suggests = async (): Promise<boolean> => Boolean((await switches())?.departmentsOn)
