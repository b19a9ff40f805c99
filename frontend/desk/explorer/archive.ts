// An export of a period as the verify page and the export's own page tell of it.
import { t } from '@/lib/i18n'
import { checkPeriod, isOver, type Fault } from '@/lib/period'
import { Refusal } from '@/lib/receipt'
import { moment } from '@/lib/time'
import { signingCode } from '@/platform/signing'

export interface Judgement {
  good: boolean
  says: string
  faults: Fault[]
  height: number
}

/** Between two pauses, in ms: a browser makes each pause of a hidden page a second long. */
const PAUSE = 50

/** Checks an archive on this machine; progress hears how many of its records are done. */
export async function judgeArchive(file: Blob, progress: (done: number, all: number) => void): Promise<Judgement> {
  const { fingerprint, knownGenesis } = await signingCode()
  let last = 0
  const pace = async (done: number, all: number) => {
    if (done < all && performance.now() - last < PAUSE) return
    progress(done, all)
    await new Promise((resolve) => setTimeout(resolve)) // the page stays alive
    last = performance.now()
  }
  try {
    const { manifest: m, timeline, faults } = await checkPeriod(file, pace)
    const known = knownGenesis()
    const other = known !== '' && known !== fingerprint(timeline)
    const complete = t(isOver(m) ? 'desk.export.complete' : 'desk.export.open', {
      count: m.count,
      from: m.from,
      to: m.to,
      first: m.heights.first,
      last: m.heights.last,
      time: moment(m.after.header.time),
    })
    const says = faults.length
      ? t('regulator.fileSome', { bad: faults.length, count: m.count })
      : other
        ? t('regulator.fileOther')
        : complete
    return { good: !faults.length && !other, says, faults, height: m.heights.last }
  } catch (e) {
    if (e instanceof Refusal) return { good: false, says: t(`regulator.reason.${e.reason}`), faults: [], height: 0 }
    throw e
  }
}
