// The English words: fetched in a browser, part of the package in the mini-program, whose compiler knows no import().
// #ifdef MP-WEIXIN
import { english as packed } from '@/words/english'
// #endif

export async function englishWords(): Promise<typeof import('@/words/english').english> {
  let words: typeof import('@/words/english').english | undefined
  // #ifdef H5
  words = (await import('@/words/english')).english
  // #endif
  // #ifdef MP-WEIXIN
  words = packed
  // #endif
  return words!
}
