// What is said in a consultation beside the people's own words.
import { t, tMaybe } from './i18n'
import { aboutPrescription, type Message } from './socket'

/** Close code of CHAT.md: no session, or it ended. */
export const NO_SESSION = 4401
/** Longest message, characters. */
export const LONGEST_MESSAGE = 4000
/** Pause between messages after which the time is shown again, in ms. */
export const MESSAGE_GAP = 5 * 60_000

/** What doctors say in every visit: chosen, it is theirs to change before it is sent. */
export const phrases = ['ask', 'taking', 'allergy', 'picture', 'signed', 'worse'] as const

/** What a pharmacy did, as a tone. */
export const eventTones: Record<string, string> = {
  claimed: 'wait',
  renewed: 'wait',
  released: 'warn',
  lapsed: 'warn',
  refused: 'bad',
  dispensed: 'good',
}

/**
 * What the system says is a state, or what a pharmacy did with a prescription of the visit: to the
 * patient in words of their own.
 */
export function systemWords(text: string, to: 'patient' | 'doctor' = 'patient'): string {
  const rx = aboutPrescription(text)
  const name = { name: rx?.pharmacy ?? '' }
  const plain = rx && tMaybe(`chat.rx.${rx.what}`, rx.pharmacy, name)
  return rx
    ? to === 'doctor'
      ? tMaybe(`chat.staff.${rx.what}`, plain!, name)
      : plain!
    : tMaybe(`chat.state.${text}`, text)
}

/**
 * Under what somebody wrote in the patient's place: who it was. Empty for what the patient and the
 * doctor wrote.
 */
export function byWords(m: Message): string {
  if (!m.by) return ''
  return m.byName ? t('chat.by', { name: m.byName }) : t('chat.bySomebody')
}
