// What every page does: title in the language now set, theme, who may be here, pull-down and
// reach-bottom.
import { reactive, watch } from 'vue'
import { applyAppearance } from '@/platform/appearance'
import { allowBack, welcome } from '@/platform/back'
import { here, onHide, onPullDown, onReachBottom, onShow, onUnload, restart, showTitle } from '@/platform/page'
import { tell } from './action'
import { onSessionEnd } from './api'
import { connect, follow, seen, type Topic } from './events'
import { fetchWords, readable, t, worded, type Key } from './i18n'
import { trouble } from './problems'
import { beginPage, endPage } from './seen'
import { barred, dues, homes, session, type Role } from './session'
import { settings, systemDark } from './settings'
import { tabs } from './tabs'

export interface PageOptions {
  title: Key
  /** Who may be here; left out: anybody. */
  roles?: readonly Role[]
  /**
   * Runs each time the page is shown to somebody who may be here. A promise that fails is told in a
   * dialog.
   */
  shown?: () => unknown
  /** Pull-down; pages.json must allow it. */
  refresh?: () => Promise<unknown>
  /** While the page is shown, refresh runs whenever something of these topics has happened. */
  follows?: readonly Topic[]
  /**
   * While the page is shown, refresh runs so often, in ms: for what nobody tells, such as a time
   * that passes.
   */
  every?: number
  /** Id of the visit or prescription that the page shows. */
  subject?: () => string
  /** The end of the page was reached. */
  more?: () => void
}

export interface Page {
  /** False until it is known that the person may be here: app-page shows nothing before. */
  open: boolean
  /** Its words did not come: app-page says so, in those that are there from the start. */
  wordless: boolean
}

export const everyRole: readonly Role[] = [
  'patient', 'doctor', 'reviewer', 'dispenser', 'regulator', 'analyst', 'admin',
]

const LOGIN = '/pages/login/login'
/** From these a tab leads on, or nothing is behind them. */
const roots = new Set([LOGIN, ...Object.values(tabs).flatMap((items) => items.map((x) => x.url))])

export { here }

/** To a page in the place of all others; its words are fetched while it is. */
function lead(url: string, word?: string): void {
  void fetchWords(url)
  restart(url, word)
}

export function goLogin(): void {
  const back = here()
  const worth = back !== '/' && !back.startsWith(LOGIN)
  restart(worth ? `${LOGIN}?back=${encodeURIComponent(back)}` : LOGIN)
}

/** To the person's own home; a stranger's is the log-in. */
export function goHome(): void {
  const role = session.value?.account.role
  lead(role ? homes[role] : LOGIN)
}

/** To a page of ours, or home when it is none. */
export function goBackTo(back: string | undefined): void {
  const role = session.value?.account.role
  const due = session.value?.account.due
  if (due) return lead(dues[due])
  const safe = back && /^\/(pages|pkg-[a-z]+)\/[\w/-]+(\?.*)?$/.test(back) && !back.startsWith(LOGIN)
  lead(safe ? back : role ? homes[role] : LOGIN)
}

export function usePage(options: PageOptions): Page {
  const page = reactive<Page>({ open: false, wordless: false })
  // A page that leads away while it is still being put on the screen is kept as it then is, and
  // comes back empty at the same address.
  const away = (lead: () => void) => void Promise.resolve().then(() => onTop && lead())
  const enter = () => {
    if (!options.roles) return true
    const role = session.value?.account.role
    if (!role) away(goLogin)
    else if (!options.roles.includes(role)) away(() => lead(homes[role], t('common.notYours')))
    const due = barred()
    if (due && here().split('?')[0] !== dues[due]) {
      away(() => lead(dues[due]))
      return false
    }
    return role !== undefined && options.roles.includes(role)
  }
  const dress = () => {
    showTitle(t(options.title))
    applyAppearance()
  }
  const show = () => {
    dress()
    page.wordless = !readable(here())
    if (page.wordless) return welcome()
    if (!roots.has(here().split('?')[0]!)) allowBack()
    page.open = shown = enter()
    beginPage((mine = here()))
    if (page.open) welcome()
    connect()
    rest()
    if (page.open && options.follows) rest = follow(options.follows, () => void look())
    clearInterval(tick)
    if (page.open && options.every) tick = setInterval(() => void look(), options.every)
    if (page.open) seen(options.subject?.() ?? '')
    // Without a session the log-in page already says what is to be done.
    if (page.open) void Promise.resolve(options.shown?.()).catch((e: unknown) => session.value && tell(trouble(e)))
  }
  let rest = () => {}
  let tick: ReturnType<typeof setInterval> | undefined
  let shown = false
  let onTop = false
  let mine = ''
  let looking = false
  let again = false
  /** One look at a time, and one more when something happened meanwhile. */
  const look = async () => {
    again = true
    if (looking) return
    looking = true
    while (again) {
      again = false
      await options.refresh?.().catch(() => undefined)
      if (shown) seen(options.subject?.() ?? '')
    }
    looking = false
  }
  const leave = () => {
    rest()
    clearInterval(tick)
    onTop = shown = again = false
  }
  onHide(leave)
  onUnload(() => {
    leave()
    endPage(mine)
  })
  onShow(() => {
    onTop = true
    if (worded(here())) show()
    else void fetchWords(here()).then(() => onTop && show()) // who has left meanwhile is shown nothing
  })
  onPullDown(() => options.refresh?.())
  onReachBottom(() => options.more?.())
  watch([() => settings.language, () => settings.theme, () => settings.scale, systemDark], dress)
  return page
}

onSessionEnd.run = goLogin
