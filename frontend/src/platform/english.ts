// The English words, and the Chinese ones that no first page needs: fetched in a browser, part of
// the package in the mini-program, whose compiler knows no import().
// #ifdef MP-WEIXIN
import { pages as packedPages } from '@/words/pages'
import { staff as packedStaff } from '@/words/staff'
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

export async function staffWords(): Promise<typeof import('@/words/staff').staff> {
  let words: typeof import('@/words/staff').staff | undefined
  // #ifdef H5
  words = (await import('@/words/staff')).staff
  // #endif
  // #ifdef MP-WEIXIN
  words = packedStaff
  // #endif
  return words!
}

export async function pagesWords(): Promise<typeof import('@/words/pages').pages> {
  let words: typeof import('@/words/pages').pages | undefined
  // #ifdef H5
  words = (await import('@/words/pages')).pages
  // #endif
  // #ifdef MP-WEIXIN
  words = packedPages
  // #endif
  return words!
}
