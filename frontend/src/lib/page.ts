// What every page does: title in the language now set, theme, who may be here, pull-down and reach-bottom.
import { reactive, watch } from 'vue'
import { onHide, onPullDownRefresh, onReachBottom, onShow, onUnload } from '@dcloudio/uni-app'
import { applyAppearance } from '@/platform/appearance'
import { allowBack } from '@/platform/back'
import { tell } from './action'
import { onSessionEnd } from './api'
import { connect, follow, seen, type Topic } from './events'
import { fetchWords, t, worded, type Key } from './i18n'
import { trouble } from './problems'
import { dues, homes, session, type Role } from './session'
import { settings, systemDark } from './settings'
import { tabs } from './tabs'

export interface PageOptions {
  title: Key
  /** Who may be here; left out: anybody. */
  roles?: readonly Role[]
  /** Runs each time the page is shown to somebody who may be here. A promise that fails is told in a dialog. */
  shown?: () => unknown
  /** Pull-down; pages.json must allow it. */
  refresh?: () => Promise<unknown>
  /** While the page is shown, refresh runs whenever something of these topics has happened. */
  follows?: readonly Topic[]
  /** Id of the visit or prescription that the page shows. */
  subject?: () => string
  /** The end of the page was reached. */
  more?: () => void
}

export interface Page {
  /** False until it is known that the person may be here: app-page shows nothing before. */
  open: boolean
}

export const everyRole: readonly Role[] = ['patient', 'doctor', 'reviewer', 'dispenser', 'regulator', 'admin']

const LOGIN = '/pages/login/login'
/** From these a tab leads on, or nothing is behind them. */
const roots = new Set([LOGIN, ...Object.values(tabs).flatMap((items) => items.map((x) => x.url))])

/** Path and query of the page on top. */
export function here(): string {
  const top = getCurrentPages().slice(-1)[0] as { $page?: { fullPath?: string }; route?: string } | undefined
  return top?.$page?.fullPath ?? `/${top?.route ?? ''}`
}

export function goLogin(): void {
  const back = here()
  const worth = back !== '/' && !back.startsWith(LOGIN)
  uni.reLaunch({ url: worth ? `${LOGIN}?back=${encodeURIComponent(back)}` : LOGIN })
}

/** To the person's own home; a stranger's is the log-in. */
export function goHome(): void {
  const role = session.value?.account.role
  uni.reLaunch({ url: role ? homes[role] : LOGIN })
}

/** To a page of ours, or home when it is none. */
export function goBackTo(back: string | undefined): void {
  const role = session.value?.account.role
  const due = session.value?.account.due
  if (due) return void uni.reLaunch({ url: dues[due] })
  const safe = back && /^\/(pages|pkg-[a-z]+)\/[\w/-]+(\?.*)?$/.test(back) && !back.startsWith(LOGIN)
  uni.reLaunch({ url: safe ? back : role ? homes[role] : LOGIN })
}

export function usePage(options: PageOptions): Page {
  const page = reactive<Page>({ open: false })
  const enter = () => {
    if (!options.roles) return true
    const role = session.value?.account.role
    if (!role) goLogin()
    else if (!options.roles.includes(role)) uni.reLaunch({ url: homes[role], success: () => uni.showToast({ title: t('common.notYours'), icon: 'none', duration: 3000 }) })
    const due = session.value?.account.due
    if (due && here().split('?')[0] !== dues[due]) {
      uni.reLaunch({ url: dues[due] })
      return false
    }
    return role !== undefined && options.roles.includes(role)
  }
  const dress = () => {
    uni.setNavigationBarTitle({ title: t(options.title) })
    applyAppearance()
  }
  const show = () => {
    dress()
    if (!roots.has(here().split('?')[0]!)) allowBack()
    page.open = shown = enter()
    connect()
    rest()
    if (page.open && options.follows) rest = follow(options.follows, () => void look())
    if (page.open) seen(options.subject?.() ?? '')
    // Without a session the log-in page already says what is to be done.
    if (page.open) void Promise.resolve(options.shown?.()).catch((e: unknown) => session.value && tell(trouble(e)))
  }
  let rest = () => {}
  let shown = false
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
    shown = again = false
  }
  onHide(leave)
  onUnload(leave)
  onShow(() => (worded(here()) ? show() : void fetchWords(here()).then(show)))
  onPullDownRefresh(() => void Promise.resolve(options.refresh?.()).finally(() => uni.stopPullDownRefresh()))
  onReachBottom(() => options.more?.())
  watch([() => settings.language, () => settings.theme, () => settings.scale, systemDark], dress)
  return page
}

onSessionEnd.run = goLogin
