// Icons of tdesign-icons-svg as masks over the text's colour: no icon font, no request.
import home from 'tdesign-icons-svg/src/home.svg?raw'
import user from 'tdesign-icons-svg/src/user.svg?raw'
import chat from 'tdesign-icons-svg/src/chat.svg?raw'
import file from 'tdesign-icons-svg/src/file.svg?raw'
import search from 'tdesign-icons-svg/src/search.svg?raw'
import scan from 'tdesign-icons-svg/src/scan.svg?raw'
import chevron from 'tdesign-icons-svg/src/chevron-right.svg?raw'
import check from 'tdesign-icons-svg/src/check-circle.svg?raw'
import link from 'tdesign-icons-svg/src/link.svg?raw'
import shop from 'tdesign-icons-svg/src/shop.svg?raw'
import people from 'tdesign-icons-svg/src/usergroup.svg?raw'
import chart from 'tdesign-icons-svg/src/chart-bar.svg?raw'
import lock from 'tdesign-icons-svg/src/lock-on.svg?raw'
import setting from 'tdesign-icons-svg/src/setting.svg?raw'
import time from 'tdesign-icons-svg/src/time.svg?raw'
import close from 'tdesign-icons-svg/src/close-circle.svg?raw'
import image from 'tdesign-icons-svg/src/image.svg?raw'
import send from 'tdesign-icons-svg/src/send.svg?raw'
import wallet from 'tdesign-icons-svg/src/wallet.svg?raw'
import call from 'tdesign-icons-svg/src/call.svg?raw'
import sound from 'tdesign-icons-svg/src/sound-high.svg?raw'
import bell from 'tdesign-icons-svg/src/notification.svg?raw'
import eye from 'tdesign-icons-svg/src/browse.svg?raw'
import qrcode from 'tdesign-icons-svg/src/qrcode.svg?raw'
import hospital from 'tdesign-icons-svg/src/hospital.svg?raw'

const sources = {
  bell,
  eye,
  qrcode,
  home,
  user,
  chat,
  file,
  search,
  scan,
  chevron,
  check,
  link,
  shop,
  people,
  chart,
  lock,
  setting,
  hospital,
  time,
  close,
  image,
  send,
  wallet,
  call,
  sound,
}

export type Icon = keyof typeof sources

const made: Partial<Record<Icon, string>> = {}

/** The icon as a CSS url() value. */
export function iconURL(name: Icon): string {
  // The files spell the attribute in a way no browser knows.
  return (made[name] ??=
    `url("data:image/svg+xml,${encodeURIComponent(sources[name].replace('view-box', 'viewBox'))}")`)
}
