// Which words a page needs beyond those of the log-in page (lib/i18n). Here alone, for the start of
// the app asks for them before lib is there.

/** Chinese words that are not there from the start, and the pages that need them. */
export const wordsAt = {
  pages: /^\/?(?!pages\/login\/)\w/,
  staff:
    /^\/?(pkg-(admin|family|gallery|inbox|paper|pharmacy|regulator|reviewer)|pages\/(devices|factor|key|password))\//,
}
