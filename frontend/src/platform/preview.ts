// A picture in full, over the page. uni-h5's own viewer would bring movable views and a swiper into
// the first load.

import { t } from '@/lib/i18n'

export function showPicture(url: string, label: string): void {
  // #ifdef H5
  const over = document.createElement('div')
  over.className = 'app-viewer'
  over.setAttribute('role', 'dialog')
  over.setAttribute('aria-modal', 'true')
  over.setAttribute('aria-label', label)
  const picture = document.createElement('img')
  picture.src = url
  picture.alt = label
  const leave = document.createElement('div')
  leave.textContent = '×'
  leave.dataset.dismiss = ''
  leave.setAttribute('role', 'button')
  leave.setAttribute('aria-label', t('common.close'))
  over.append(picture, leave)
  const close = () => {
    globalThis.removeEventListener('hashchange', close)
    over.remove()
  }
  over.addEventListener('click', close)
  globalThis.addEventListener('hashchange', close) // the way back leaves it with its page
  document.body.append(over)
  // #endif
  // #ifdef MP-WEIXIN
  uni.previewImage({ urls: [url] })
  // #endif
}
