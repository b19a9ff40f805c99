// Signing at the desk: kit/sign-dialog.vue shows the document and signs it with the person's key in
// this browser.
import { shallowRef, watch } from 'vue'
import type { Kind } from '@/lib/record'
import { session } from '@/lib/session'
import type { Intent, Signed } from '@/lib/signing'

export interface Request {
  /** Prepares the act at the server; asked again when what was prepared is out of date. */
  ask: () => Promise<Intent>
  kind: Kind
  prescription?: string
  /** What the button says. */
  action: string
  answer: (done?: Signed) => void
}

/** What is on the screen to be signed. */
export const request = shallowRef<Request>()

/** Shows an act; answers when it is signed, or with undefined when the person left it. */
export function signAct(act: Omit<Request, 'answer'>): Promise<Signed | undefined> {
  if (request.value) return Promise.resolve(undefined) // one document at a time
  return new Promise((resolve) => {
    request.value = {
      ...act,
      answer(done) {
        request.value = undefined
        resolve(done)
      },
    }
  })
}

/** What somebody had on the screen is nothing that the next person is asked to sign. */
watch(() => session.value?.account.person, () => request.value?.answer(), { flush: 'sync' })
