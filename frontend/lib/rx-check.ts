// The rules' word on a prescription while it is typed: asked after a pause, the newest answer
// counts, an old one is never taken for the new contents.
import { reactive } from 'vue'
import { api, type Schema } from './api'
import type { Report } from './prescribing'
import { trouble, type Trouble } from './problems'

export interface Check {
  /** Only 'ready' speaks of what is on the screen now. */
  state: 'nothing' | 'waiting' | 'ready' | 'failed'
  report: Report
  trouble?: Trouble
  soon(): void
  stop(): void
}

const PAUSE = 500
const RETRY = 5000

/** body: what to check now; undefined when there is nothing to check yet. */
export function useCheck(body: () => Schema<'PrescriptionDraftInput'> | undefined): Check {
  let timer: ReturnType<typeof setTimeout> | undefined
  let asked = 0
  let last = ''
  const none = (): Report => ({ findings: [], refusals: [] })

  async function run() {
    const what = body()
    const text = JSON.stringify(what)
    if (!what) [check.state, check.report, last] = ['nothing', none(), '']
    if (!what || text === last) return
    const mine = ++asked
    check.state = 'waiting'
    try {
      const report = await api.post('/v1/prescriptions/check', { body: what })
      if (mine !== asked) return
      ;[check.report, check.state, check.trouble, last] = [report, 'ready', undefined, text]
    } catch (e) {
      if (mine !== asked) return
      ;[check.report, check.state, check.trouble, last] = [none(), 'failed', trouble(e), '']
      if (check.trouble.rules.length === 0) timer = setTimeout(() => void run(), RETRY)
    }
  }

  const check: Check = reactive({
    state: 'nothing',
    report: none(),
    trouble: undefined,
    soon() {
      if (timer) clearTimeout(timer)
      if (JSON.stringify(body()) !== last) check.state = body() ? 'waiting' : 'nothing'
      timer = setTimeout(() => void run(), PAUSE)
    },
    stop() {
      if (timer) clearTimeout(timer)
      asked++
    },
  }) as Check
  return check
}
