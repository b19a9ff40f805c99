/** The phone's pages of this server; what has to be done first is done there. */
export const phone = (page = '/') => new URL(`../#${page}`, location.href.split('#')[0]).href
