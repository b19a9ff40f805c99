// What a page asks of the server as it opens. The start of the app (worker/start.ts) asks for it
// while the code is still on its way, and platform/request takes those answers in place of its own:
// on a slow network a page is there a second sooner.

/**
 * By page, the addresses as lib/api writes them; those under /v1 with the session. e2e/pwa.mjs
 * holds that the page asks for each.
 */
export const askedFirst: Record<string, readonly string[]> = {
  'pages/login/login': ['/sandbox/ward'],
  'pages/home/home': [
    ...['approved', 'paid', 'claimed', 'signed'].map((status) => `/v1/prescriptions?status=${status}`),
    '/v1/consultations?state=requested%2Caccepted%2Cactive',
    '/v1/patients/me',
  ],
}

/** For so long an answer may be used as new, in ms. */
export const FRESH = 10_000

/** Where the answers wait, by the session's header and the address; each is taken once. */
export type Asked = Map<string, Promise<Response | undefined>>
