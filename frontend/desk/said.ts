// A short word on what was done, at the edge of the page; gone by itself.
import { MessagePlugin } from 'tdesign-vue-next/es/message'

const SHOWN = 3500

export const say = (content: string, tone: 'success' | 'info' | 'warning' | 'error' = 'info') =>
  void MessagePlugin[tone]({
    content,
    duration: SHOWN,
    placement: 'bottom',
    attach: () => document.querySelector<HTMLElement>('main') ?? document.body,
  })
