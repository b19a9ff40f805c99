// Pages as this platform has them: which one is on top, what happens to one, and the ways between
// them.
import { onHide, onPullDownRefresh, onReachBottom, onShow, onUnload } from '@dcloudio/uni-app'

export { onHide, onReachBottom, onShow, onUnload }

/** Path and query of the page on top. */
export function here(): string {
  const top = getCurrentPages().slice(-1)[0] as { $page?: { fullPath?: string }; route?: string } | undefined
  return top?.$page?.fullPath ?? `/${top?.route ?? ''}`
}

/** Puts one page in the place of all, and says a word on it. */
export function restart(url: string, word = ''): void {
  uni.reLaunch({ url, success: () => word && uni.showToast({ title: word, icon: 'none', duration: 3000 }) })
}

export function showTitle(title: string): void {
  uni.setNavigationBarTitle({ title })
}

/** Runs when the person pulls the page down. */
export function onPullDown(work: () => unknown): void {
  onPullDownRefresh(() => void Promise.resolve(work()).finally(() => uni.stopPullDownRefresh()))
}
