// Where the tour stops: every page, and on the way the sheets, refusals and states that a page can
// be in. A stop is
//   at     the address, ids filled in from the ward (ward.mjs)
//   name   of its picture; left out: the page's own
//   as     state of the page beyond its address, such as an open sheet: what to do to get there
//   needs  what must be there before the picture is taken: a data-name, or a selector
//   page   the page one is on after `as`, when it leads elsewhere
//   chinese what it holds in Chinese alone, in every language
//   faults what may be heard on the console, because the state is about it
import { readFileSync } from 'node:fs'
import { enterPIN, named } from './browser.mjs'

/**
 * The authorisation of a payment names a medicine by its Chinese name alone: its document has no
 * other.
 */
const authorised = ['盐酸二甲双胍片']

const tap = (page, name) => named(page, name).first().click()
const type = (page, name, text) => named(page, name).locator('input, textarea').first().fill(text)
/** Answers a request with a failure that repeating does not mend. */
const broken = (page, what) =>
  page.route(what, (route) =>
    route.fulfill({
      status: 500,
      contentType: 'application/problem+json',
      body: JSON.stringify({
        type: '/problems#internal',
        title: 'Internal Server Error',
        status: 500,
        code: 'internal',
        instance: 'urn:request:2345',
      }),
    }),
  )
const calls = /status of 500|ERR_INTERNET_DISCONNECTED|WebSocket connection/


/** The golden history, in which members joined, were suspended, had new keys and left. */
const history = readFileSync(new URL('../../chain/testdata/history/history.json', import.meta.url), 'utf8')
const changed = async (page) => {
  await page.route('**/v1/chain/history.json', (route) =>
    route.fulfill({ contentType: 'application/json', body: history }),
  )
  await page.route('**/v1/chain', async (route) =>
    route.fulfill({ json: { ...(await (await route.fetch()).json()), height: 90 } }),
  )
}

/** Its first change, when two of four members had voted for it. */
const votes = JSON.parse(history).adoptions[0].votes.slice(0, 2)
const ballot = votes[0].statement.subject
const asked = async (page) => {
  await changed(page)
  const records = votes.map((record, i) => ({
    record,
    id: record.statement.digest,
    height: 18 + i,
    index: i,
    time: since,
  }))
  await page.route('**/v1/chain/subjects/gov:*', (route) =>
    route.fulfill({
      json: { state: { subject: ballot, status: 'voted', org: 'h1', seq: 2, last: records[1].id }, records },
    }),
  )
}

const testdata = (name) => readFileSync(new URL(`../../chain/testdata/${name}`, import.meta.url), 'utf8').trim()
const voting = async (page) => {
  await asked(page)
  await page.route('**/v1/chain/history.json', (route) =>
    route.fulfill({ contentType: 'application/json', body: JSON.stringify({ ...JSON.parse(history), adoptions: [] }) }),
  )
  const change = JSON.parse(atob(votes[0].statement.facts.change))
  await page.route('**/v1/chain/changes', (route) =>
    route.fulfill({
      json: {
        changes: [
          {
            subject: ballot,
            change,
            deed: 'joins',
            votes: [],
            voted: 2,
            needed: 3,
            power: 4,
            since: '2026-11-22T08:00:00Z',
          },
        ],
      },
    }),
  )
}

/**
 * A regulator's node with two findings: one about a document, one about what was tried and refused.
 */
const rules = [
  {
    id: 'many-packages',
    level: 'notice',
    citation: { zh: '监管方设定的阈值', en: 'a threshold the regulator set' },
    zh: '一次发药包装数异常',
    en: 'unusually many packages in one dispensing',
  },
  {
    id: 'self-review',
    level: 'alarm',
    citation: { zh: '《处方管理办法》第四条', en: 'Prescription Administration art. 4' },
    zh: '审方药师与开方医师为同一人',
    en: 'the prescriber tried to review his own prescription',
  },
]
const finding = (rule, more) => ({
  id: `${rule.id}:rx:RX20261122442427997927`,
  rule,
  subject: 'rx:RX20261122442427997927',
  record: '957dea022a8d4f4c0f1f0a6a2c9d7b3e5a1c8e6f4b2d0a9c7e5f3b1d9a8c6e4f',
  org: 'h1',
  person: 'u7k2mq4xw5zt3yb6nc2da',
  height: 18,
  at: '2026-11-22T08:00:00Z',
  foundAt: '2026-11-22T08:00:01Z',
  detail: '36 packages prescribed',
  refused: false,
  document: true,
  ...more,
})
const found = [
  finding(rules[0]),
  finding(rules[1], { detail: 'rx.approve was refused: self-review', refused: true, document: false }),
]
const evidence = (name) => JSON.parse(testdata(name))
const tried = () => {
  const { actorCert, header, record } = evidence('receipt-06-rx.approve.json')
  return { actorCert, code: 14, height: header.height, record, time: header.time }
}
const dossier = (damage = (text) => text) =>
  `{"finding":${JSON.stringify(found[1])},"evidence":[{"receipt":${damage(
    testdata('receipt-05-rx.issue.json'),
  )}}],"attempts":[${JSON.stringify(tried())}],"history":{"adoptions":[],"genesis":${testdata(
    'members.json',
  )},"v":1}}`
const regulating = async (page) => {
  await page.route('**/v1/chain', async (route) =>
    route.fulfill({ json: { ...(await (await route.fetch()).json()), oversight: true } }),
  )
  await page.route('**/v1/oversight/rules', (route) => route.fulfill({ json: { rules } }))
  await page.route('**/v1/oversight/findings?*', (route) => route.fulfill({ json: { findings: found } }))
  await page.route('**/evidence', (route) => route.fulfill({ contentType: 'application/json', body: dossier() }))
  await page.route('**/v1/oversight', async (route) => {
    if (route.request().headers().authorization !== `Bearer ${token}`)
      return route.fulfill({ status: 401, json: { status: 401, code: 'unauthenticated' } })
    // What this chain's members sealed.
    const { header } = await (await fetch(new URL('/v1/chain/headers/0', route.request().url()))).json()
    await route.fulfill({
      json: {
        place: {
          records: header.logSize,
          height: header.height,
          missed: 0,
          proved: header.height,
          root: header.logRoot,
          peaks: [],
        },
        subjects: 12,
        findings: 2,
        gaps: 0,
        awaited: 1,
        oldest: '2026-11-22T08:00:00Z',
      },
    })
  })
}
const token = 't'.repeat(64)
const enter = async (page, given = token) => {
  await type(page, 'token', given)
  await tap(page, 'enter')
}

/** A node's report when two members are in trouble. */
const since = '2026-11-22T08:00:00Z'
const alarmed = {
  open: [
    {
      id: 'fork-p2',
      kind: 'fork',
      warning: false,
      member: 'p2',
      members: ['p2'],
      height: 18,
      since,
      times: 3,
      text: '',
    },
    { id: 'unreachable-i1', kind: 'unreachable', warning: true, member: 'i1', since, times: 1, text: '' },
  ],
  past: [
    {
      id: 'silence',
      kind: 'silence',
      warning: false,
      height: 12,
      since,
      until: '2026-11-22T08:05:00Z',
      times: 1,
      text: '',
    },
  ],
  peers: [
    { member: 'p1', reachable: true, agrees: true, height: 18, compared: 18, since },
    { member: 'p2', reachable: true, agrees: false, height: 18, compared: 18, since },
    { member: 'i1', reachable: false, agrees: true, height: 12, compared: 12, since },
  ],
}

export const stops = {
  nobody: [
    { at: () => '/pages/login/login', needs: 'patient-01' },
    {
      at: () => '/pages/login/login',
      name: 'login-staff',
      needs: 'submit',
      as: (page) => page.locator('[data-side=staff]:visible').click(),
    },
    { at: () => '/pkg-paper/paper/paper?of=service', needs: 'paper-service' },
    { at: () => '/pkg-paper/paper/paper?of=privacy', name: 'paper-privacy', needs: 'paper-privacy' },
    { at: () => '/pages/nowhere/nowhere', page: 'pages/missing/missing', needs: 'go-home' },
    { at: () => '/pkg-gallery/gallery/gallery', needs: 'gallery' },
    {
      at: () => '/pkg-gallery/gallery/gallery',
      name: 'gallery-sheet',
      needs: '[role=dialog]',
      as: (page) => tap(page, 'open-sheet'),
    },
    { at: () => '/pkg-regulator/home/home', name: 'explorer', needs: 'chain-ready' },
  ],
  patient: [
    { at: () => '/pages/home/home', needs: '[data-name^=rx-]' },
    { at: () => '/pages/me/me', needs: 'language' },
    { at: () => '/pages/me/me', name: 'me-sheet', needs: '.uni-actionsheet__cell', as: (page) => tap(page, 'theme') },
    {
      at: () => '/pages/me/me',
      name: 'me-question',
      needs: '.uni-modal__btn_primary',
      as: (page) => tap(page, 'logout'),
    },
    { at: () => '/pages/key/key', needs: 'make-key' },
    { at: () => '/pages/key/key', name: 'key-pin', needs: '[role=dialog]', as: (page) => tap(page, 'make-key') },
    { at: () => '/pages/doctors/doctors', needs: '[data-name^=doctor-]' },
    {
      at: () => '/pages/doctors/doctors',
      name: 'doctors-none',
      needs: '[role=status]',
      as: (page) => type(page, 'search', 'zzz'),
    },
    {
      at: () => '/pages/doctors/doctors',
      name: 'doctors-failed',
      needs: 'retry',
      before: (page) => broken(page, '**/v1/doctors*'),
      faults: calls,
    },
    { at: (w) => `/pages/request/request?doctor=${w.doctor}`, needs: 'complaint' },
    { at: () => '/pages/triage/triage', needs: 'complaint' },
    {
      at: (w) => `/pages/request/request?doctor=${w.doctor}`,
      name: 'request-faults',
      needs: 'complaint',
      as: (page) => tap(page, 'send-request'),
    },
    { at: () => '/pages/visits/visits', needs: '[data-name^=visit-]' },
    { at: (w) => `/pages/chat/chat?id=${w.visit}`, needs: '.picture .image' },
    {
      at: (w) => `/pages/chat/chat?id=${w.visit}`,
      name: 'chat-away',
      needs: 'unsent',
      faults: calls,
      before: async (page) => {
        let gone = false
        const sockets = []
        await page.routeWebSocket(/\/chat/, (socket) =>
          gone ? socket.close() : sockets.push([socket, socket.connectToServer()]),
        )
        page.loseChat = () => {
          gone = true
          for (const [here, there] of sockets) here.close() || there.close()
        }
      },
      as: async (page) => {
        await page.locator('.picture .image:visible').waitFor()
        page.loseChat()
        await named(page, 'link').waitFor()
        await type(page, 'say', '断网时写的话')
        await tap(page, 'send')
      },
    },
    { at: () => '/pages/rxs/rxs', needs: '[data-name^=rx-]' },
    { at: () => '/pkg-family/family/family', needs: 'invite' },
    {
      at: () => '/pkg-family/family/family',
      name: 'family-invite',
      needs: 'make-code',
      as: (page) => tap(page, 'invite'),
    },
    { at: () => '/pkg-paper/consent/consent', needs: '[data-name^=consent-]' },
    { at: () => '/pkg-paper/closing/closing', needs: 'deletes' },
    { at: (w) => `/pages/medicine/medicine?id=${w.dispensed}`, needs: 'how-to' },
    {
      at: (w) => `/pages/medicine/medicine?id=${w.dispensed}`,
      name: 'medicine-label',
      needs: 'leaflet',
      as: (page) => page.locator('[data-name^=leaflet-]:visible').first().click(),
    },
    { at: () => '/pages/drug/drug?code=D0135', needs: 'leaflet' },
    { at: (w) => `/pages/rx/rx?id=${w.approved}`, needs: 'to-pay' },
    {
      at: (w) => `/pages/rx/rx?id=${w.dispensed}`,
      name: 'rx-checked',
      needs: 'proof-good',
      as: (page) => tap(page, 'verify'),
    },
    {
      at: (w) => `/pages/rx/rx?id=${w.dispensed}`,
      name: 'rx-signed',
      needs: 'paper',
      as: (page) => page.locator('[data-name^=signed-]:visible').first().click(),
    },
    { at: (w) => `/pages/rx/rx?id=${w.rejected}`, name: 'rx-rejected', needs: '[data-status=rejected]' },
    { at: (w) => `/pages/rx/rx?id=${w.cancelled}`, name: 'rx-refunded', needs: 'refund' },
    { at: (w) => `/pages/pay/pay?id=${w.approved}`, needs: 'pay' },
    {
      at: (w) => `/pages/pay/pay?id=${w.approved}`,
      name: 'pay-sign',
      chinese: authorised,
      needs: 'sign',
      as: (page) => tap(page, 'pay'),
    },
    {
      at: (w) => `/pages/pay/pay?id=${w.approved}`,
      name: 'pay-pin',
      chinese: authorised,
      needs: '[role=dialog]',
      as: async (page) => {
        await tap(page, 'pay')
        await tap(page, 'sign')
        await enterPIN(page, '864')
      },
    },
    { at: (w) => `/pages/pickup/pickup?id=${w.paid}`, needs: '[data-name^=pharmacy-]' },
    { at: (w) => `/pages/transfer/transfer?id=${w.paid}`, needs: 'bundle-here' },
    {
      at: (w) => `/pages/transfer/transfer?id=${w.dispensed}`,
      name: 'transfer-over',
      needs: 'bundle-over',
      faults: /status of 40[49]/,
    },
    { at: (w) => `/pages/cancel/cancel?id=${w.paid}`, needs: 'reason' },
    { at: () => '/pages/profile/profile', needs: 'real-name' },
    { at: () => '/pages/profile/profile', name: 'profile-child', needs: 'bind', as: (page) => tap(page, 'add-child') },
    { at: (w) => `/pages/access/access?id=${w.dispensed}`, needs: 'access' },
    { at: () => '/pkg-inbox/inbox/inbox', needs: '[data-name^="notice-"]' },
    { at: () => '/pkg-card/card/card', needs: 'id-code' },
    { at: (w) => `/pages/doctor/doctor?person=${w.doctor}`, needs: 'ask' },
    {
      at: () => '/pages/search/search',
      needs: '[data-name^=rx-]',
      as: (page) => named(page, 'search-all').locator('input').fill('氨氯地平'),
    },
  ],
  newcomer: [
    { at: () => '/pages/home/home', name: 'home-empty', needs: '[role=status]' },
    { at: () => '/pages/visits/visits', name: 'visits-empty', needs: 'find-doctor' },
    { at: () => '/pages/rxs/rxs', name: 'rxs-empty', needs: '[role=status]' },
  ],
  doctor: [
    { at: () => '/pkg-doctor/home/home', needs: 'open-visit' },
    {
      at: () => '/pkg-doctor/home/home',
      name: 'doctor-closed',
      needs: 'open-visit',
      as: (page) => tap(page, 'closed-visits'),
    },
    { at: (w) => `/pkg-doctor/visit/visit?id=${w.visit}`, needs: 'chat' },
    {
      at: (w) => `/pkg-doctor/visit/visit?id=${w.waiting}`,
      name: 'visit-decline',
      needs: 'decline-reason',
      as: (page) => tap(page, 'decline'),
    },
    {
      at: (w) => `/pages/chat/chat?id=${w.visit}`,
      name: 'doctor-chat',
      needs: '.picture .image',
      as: (page) => page.locator('[data-name^=rx-]:visible').first().waitFor(),
    },
    { at: (w) => `/pkg-doctor/note/note?id=${w.visit}`, needs: 'save-note' },
    {
      at: (w) => `/pkg-doctor/note/note?id=${w.visit}`,
      name: 'note-search',
      needs: '[data-name^="diagnosis-E"]',
      as: (page) => type(page, 'diagnosis-search', '糖尿病'),
    },
    { at: (w) => `/pkg-doctor/prescribe/prescribe?visit=${w.visit}`, needs: 'drug-search' },
    {
      at: (w) => `/pkg-doctor/prescribe/prescribe?draft=${w.review}`,
      name: 'prescribe-found',
      needs: '[data-name^="drug-D"]',
      as: (page) => type(page, 'drug-search', 'aldp'),
    },
    {
      at: (w) => `/pkg-doctor/prescribe/prescribe?draft=${w.review}`,
      name: 'prescribe-findings',
      needs: '[data-rule]',
    },
    {
      at: (w) => `/pkg-doctor/prescribe/prescribe?draft=${w.unsigned}`,
      name: 'prescribe-picker',
      needs: '.uni-picker-action-confirm',
      as: (page) => tap(page, 'frequency'),
    },
    { at: (w) => `/pkg-doctor/issue/issue?id=${w.unsigned}`, needs: 'sign' },
    {
      at: (w) => `/pkg-doctor/issue/issue?id=${w.unsigned}`,
      name: 'issue-pin',
      needs: '[role=dialog]',
      as: async (page) => {
        await tap(page, 'sign-details')
        await tap(page, 'sign')
      },
    },
    { at: () => '/pkg-doctor/hours/hours', needs: 'add-session' },
    { at: () => '/pkg-doctor/about/about', needs: 'save-about' },
    { at: () => '/pkg-doctor/rxs/rxs', needs: '[data-name^=rx-]' },
    { at: (w) => `/pkg-doctor/rx/rx?id=${w.rejected}`, needs: 'review' },
    {
      at: (w) => `/pkg-doctor/rx/rx?id=${w.review}`,
      name: 'doctor-rx-withdraw',
      needs: 'withdraw-reason',
      as: (page) => tap(page, 'withdraw'),
    },
  ],
  reviewer: [
    { at: () => '/pkg-reviewer/home/home', needs: 'review' },
    { at: () => '/pkg-inbox/handover/handover', needs: 'handover-open' },
    { at: (w) => `/pkg-reviewer/review/review?id=${w.review}`, needs: 'approve' },
    {
      at: (w) => `/pkg-reviewer/review/review?id=${w.review}`,
      name: 'review-reject',
      needs: 'reason-text',
      as: async (page) => {
        await tap(page, 'reject')
        await tap(page, 'reason-interaction')
      },
    },
    {
      at: (w) => `/pkg-reviewer/review/review?id=${w.review}`,
      name: 'review-sign',
      needs: 'sign',
      as: (page) => tap(page, 'approve'),
    },
  ],
  dispenser: [
    { at: () => '/pkg-pharmacy/home/home', needs: '[data-name^=rx-]' },
    {
      at: () => '/pkg-pharmacy/home/home',
      name: 'pharmacy-fault',
      needs: '[role=alert]',
      as: async (page) => {
        await type(page, 'pickup', 'not a code')
        await tap(page, 'lookup')
      },
    },
    {
      at: () => '/pkg-pharmacy/home/home',
      page: 'pkg-pharmacy/claim/claim',
      needs: 'claim',
      as: async (page, w) => {
        await type(page, 'pickup', w.pickup)
        await tap(page, 'lookup')
      },
    },
    { at: (w) => `/pkg-pharmacy/rx/rx?id=${w.claimed}`, needs: 'check-name' },
    {
      at: (w) => `/pkg-pharmacy/rx/rx?id=${w.claimed}`,
      name: 'dispense-scanned',
      needs: '[data-name^=trace-] .code',
      as: async (page) => {
        for (const point of await page.locator('[role=checkbox]:visible').all()) await point.click()
        const field = page.locator('[data-name^="trace-"]:visible input').first()
        const prefix = (
          await page.locator('[data-name^="trace-"]:visible .uni-input-placeholder').first().innerText()
        ).match(/\d{7}/)[0]
        await field.fill(`${prefix}0000000000042`)
      },
    },
    { at: (w) => `/pkg-pharmacy/rx/rx?id=${w.dispensed}`, name: 'dispensed', needs: 'record' },
    { at: () => '/pkg-pharmacy/bring/bring', needs: 'bring' },
    {
      at: () => '/pkg-pharmacy/bring/bring',
      name: 'bring-fault',
      needs: '[role=alert]',
      as: async (page) => {
        await type(page, 'bundle', 'hello')
        await tap(page, 'bring')
      },
    },
    { at: () => '/pkg-pharmacy/stock/stock', needs: '[data-name^=stock-D]' },
    {
      at: () => '/pkg-pharmacy/stock/stock',
      name: 'stock-open',
      needs: 'packages',
      as: (page) => page.locator('[data-name^=stock-D]:visible').first().click(),
    },
    {
      at: () => '/pkg-pharmacy/stock/stock',
      name: 'stock-lots',
      needs: 'group-90',
      as: (page) => tap(page, 'group-lots'),
    },
    {
      at: () => '/pkg-pharmacy/stock/stock',
      name: 'stock-history',
      needs: 'movement',
      chinese: ['演示药店首次入库'],
      as: (page) => tap(page, 'group-history'),
    },
  ],
  regulator: [
    { at: () => '/pkg-regulator/home/home', needs: 'chain-ready' },
    { at: () => '/pkg-regulator/members/members', needs: 'member-h1' },
    { at: () => '/pkg-regulator/members/members', name: 'members-changed', needs: 'change-40', before: changed },
    { at: () => '/pkg-regulator/members/members', name: 'members-voting', needs: 'open-vote', before: voting },
    { at: () => '/pkg-regulator/member/member?id=p2', name: 'member-suspended', needs: '.app-danger', before: changed },
    { at: () => '/pkg-regulator/member/member?id=h1', needs: 'seal-share' },
    { at: () => '/pkg-regulator/alarms/alarms', needs: 'no-alarms' },
    {
      at: () => '/pkg-regulator/alarms/alarms',
      name: 'alarms-open',
      needs: 'alarm-fork-p2',
      before: (page) => page.route('**/v1/chain/alarms', (route) => route.fulfill({ json: alarmed })),
    },
    {
      at: () => '/pkg-regulator/home/home',
      name: 'explorer-alarm',
      needs: 'alarm-banner',
      before: (page) => page.route('**/v1/chain/alarms', (route) => route.fulfill({ json: alarmed })),
    },
    { at: () => '/pkg-regulator/home/home', name: 'explorer-regulator', needs: 'go-findings', before: regulating },
    { at: () => '/pkg-regulator/findings/findings', name: 'findings-elsewhere', needs: 'no-oversight' },
    {
      at: () => '/pkg-regulator/findings/findings',
      name: 'findings-token',
      needs: '[data-name=token] [role=alert]',
      before: regulating,
      as: (page) => enter(page, 'wrong'),
      faults: /status of 401/,
    },
    {
      at: () => '/pkg-regulator/findings/findings',
      needs: '[data-name^=rule-]',
      before: regulating,
      as: async (page) => {
        await enter(page)
        await named(page, 'root-agrees').waitFor()
        await tap(page, 'rules')
      },
    },
    {
      at: () => `/pkg-regulator/finding/finding?id=${found[1].id}`,
      needs: 'evidence-good',
      before: regulating,
      as: async (page) => {
        await enter(page)
        await tap(page, 'check-evidence')
      },
    },
    { at: () => '/pkg-regulator/blocks/blocks', needs: '[data-name^=block-]' },
    { at: (w) => `/pkg-regulator/block/block?height=${w.height}`, needs: '[data-name^=record-]' },
    {
      at: (w) => `/pkg-regulator/record/record?id=${w.record}`,
      needs: 'verdict-good',
      as: (page) => tap(page, 'check-receipt'),
    },
    {
      at: (w) => `/pkg-regulator/subject/subject?id=rx:${w.dispensed}`,
      needs: 'verdict-good',
      as: (page) => tap(page, 'check-proof'),
    },
    { at: () => `/pkg-regulator/subject/subject?id=${ballot}`, name: 'subject-vote', needs: 'voted-on', before: asked },
    { at: () => '/pkg-regulator/live/live', needs: '[data-name^=record-]' },
    { at: () => '/pkg-regulator/verify/verify', needs: 'verify' },
    {
      at: () => '/pkg-regulator/verify/verify',
      name: 'verify-good',
      needs: 'verdict-good',
      as: async (page, w) => {
        await type(page, 'receipt', w.receipt)
        await tap(page, 'verify')
      },
    },
    {
      at: () => '/pkg-regulator/verify/verify',
      name: 'verify-evidence',
      needs: 'evidence-bad',
      as: async (page) => {
        await type(
          page,
          'receipt',
          dossier((text) => text.replace('"index":5', '"index":4')),
        )
        await tap(page, 'verify')
      },
    },
    {
      at: () => '/pkg-regulator/verify/verify',
      name: 'verify-bad',
      needs: 'verdict-bad',
      as: async (page, w) => {
        await type(page, 'receipt', w.receipt.replace(/"height":\d+/, '"height":1'))
        await tap(page, 'verify')
      },
    },
  ],
  admin: [
    { at: () => '/pages/password/password', needs: 'old-password' },
    { at: () => '/pkg-admin/home/home', needs: 'go-staff' },
    {
      at: () => '/pkg-admin/home/home',
      name: 'admin-approved',
      needs: '.app-item .avatar',
      as: (page) => tap(page, 'state-approved'),
    },
    { at: (w) => `/pkg-admin/person/person?person=${w.doctor}`, needs: 'suspend' },
    { at: () => '/pkg-admin/health/health', needs: 'well' },
    { at: () => '/pkg-admin/books/books', needs: '[data-name^=books-]' },
    { at: () => '/pkg-admin/staff/staff', needs: 'make' },
    { at: () => '/pkg-admin/accounts/accounts', needs: '[data-name^=account-]' },
    { at: () => '/pkg-admin/security/security', needs: '[data-name^=log-]' },
    { at: () => '/pkg-admin/requests/requests', needs: '.app-center, [role=status], [data-name^=request-]' },
    { at: () => '/pkg-admin/desk/desk', needs: '[data-name]' },
    { at: () => '/pkg-admin/window/window', needs: '[data-name]' },
    { at: () => '/pages/devices/devices', needs: 'device-here' },
    { at: () => '/pages/factor/factor', needs: 'factor-start' },
  ],
}
