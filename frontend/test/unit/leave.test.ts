import { beforeEach, describe, expect, it, vi } from 'vitest'
import { useDraft } from '@/lib/draft'
import { mayLeave } from '@/lib/leave'
import { dropUnsent, keepUnsent, unsentIn, unsentOf, type Unsent } from '@/lib/outbox'
import { begin, end, expire, type Session } from '@/lib/session'
import { Chat } from '@/lib/socket'
import { forget, workOn } from '@/lib/counter'
import { nextTick } from 'vue'
import { t } from '@/lib/i18n'

const unsent = (clientId: string): Unsent => ({ clientId, kind: 'text', text: `words of ${clientId}` })
const login = (person: string) =>
  begin({
    token: `token of ${person}`,
    expiresAt: new Date(Date.now() + 3600_000).toISOString(),
    account: { id: person, person, role: 'patient', org: 'h1' },
  } as Session)

/** The person taps the choice at a place, or away from the sheet. */
const sheet = (tapped?: number) =>
  vi.fn((o: UniApp.ShowActionSheetOptions) => (tapped === undefined ? o.fail?.({}) : o.success?.({ tapIndex: tapped })))
const dialog = (agrees: boolean) =>
  vi.fn((o: UniApp.ShowModalOptions) => o.success?.({ confirm: agrees, cancel: !agrees }))

beforeEach(() => end())

describe('unsent messages', () => {
  it('are kept per person and visit', () => {
    keepUnsent('u1', 'CN1', [unsent('a'), unsent('b')])
    keepUnsent('u1', 'CN2', [unsent('c')])
    keepUnsent('u10', 'CN1', [unsent('d')])
    expect(unsentOf('u1')).toEqual({ CN1: 2, CN2: 1 })
    dropUnsent('u1')
    expect([unsentOf('u1'), unsentOf('u10')]).toEqual([{}, { CN1: 1 }])
    keepUnsent('u10', 'CN1', [])
    expect(uni.getStorageInfoSync().keys).toEqual([])
  })

  it('are never sent in the session of somebody else on the phone', () => {
    login('u1')
    keepUnsent('u1', 'CN1', [unsent('a')])
    const dialled: string[] = []
    const chat = new Chat('CN1', 'u1', (url) => (dialled.push(url), { send: () => undefined, close: () => undefined }))
    end()
    login('u2')
    chat.start()
    expect([dialled, chat.view.link]).toEqual([[], 'closed'])
    const theirs = new Chat(
      'CN1',
      'u2',
      (url) => (dialled.push(url), { send: () => undefined, close: () => undefined }),
    )
    theirs.start()
    expect([dialled.length, theirs.view.unsent]).toEqual([1, []])
    theirs.stop()
  })
})

describe('before a log-out', () => {
  beforeEach(() => keepUnsent('u1', 'CN1', [unsent('a'), unsent('b')]))

  it('unsent messages are deleted when the person says so', async () => {
    const showActionSheet = sheet(0)
    Object.assign(uni, { showActionSheet })
    expect(await mayLeave('u1', false)).toBe(true)
    expect(showActionSheet.mock.calls[0]![0]).toMatchObject({
      title: t('me.logoutUnsent', { count: 2 }),
      itemList: [t('me.logoutDrop'), t('me.logoutKeep')],
    })
    expect(JSON.stringify(uni.getStorageInfoSync().keys)).not.toContain('u1')
  })

  it('unsent messages stay when the person says so, for this person alone', async () => {
    Object.assign(uni, { showActionSheet: sheet(1) })
    expect(await mayLeave('u1', false)).toBe(true)
    expect(unsentIn('u1', 'CN1').map((u) => u.clientId)).toEqual(['a', 'b'])
  })

  it('the person stays when nothing was chosen, and nothing is lost', async () => {
    Object.assign(uni, { showActionSheet: sheet() })
    expect(await mayLeave('u1', false)).toBe(false)
    expect(unsentOf('u1')).toEqual({ CN1: 2 })
  })

  it.each([[true, true], [false, false]])('is asked without unsent messages: agreed %s', async (agrees, want) => {
    const showModal = dialog(agrees)
    Object.assign(uni, { showModal })
    expect(await mayLeave('u2', true)).toBe(want)
    expect(showModal.mock.calls[0]![0].content).toContain(t('me.logoutSealed'))
    expect(unsentOf('u1')).toEqual({ CN1: 2 })
  })
})

describe('what is ticked and scanned at the counter', () => {
  it('is there after a reload, for the same claim only, and gone when done', async () => {
    const work = workOn('RX1', 'claim-1', 2)
    work.ticked.push('name', 'age')
    work.codes[1] = ['83001230000000000001']
    work.reason = '库存不足'
    await nextTick()
    expect(workOn('RX1', 'claim-1', 2)).toEqual(work)
    expect(workOn('RX2', 'claim-1', 1)).toMatchObject({ ticked: [], codes: [[]] })
    expect(workOn('RX1', 'claim-2', 2)).toMatchObject({ ticked: [], codes: [[], []], reason: '' })
    await nextTick()
    forget('RX1')
    expect(workOn('RX1', 'claim-2', 2).ticked).toEqual([])
  })
})

describe('drafts', () => {
  const kept = () => useDraft('request', { complaint: '' }).form.complaint
  beforeEach(async () => {
    login('u1')
    useDraft('request', { complaint: '' }).form.complaint = '头痛三天'
    await nextTick()
  })
  it('outlive a log-in of the same person', () => {
    login('u1')
    expect(kept()).toBe('头痛三天')
  })
  it('are gone at log-out', () => {
    end()
    expect(kept()).toBe('')
  })
  it('are not shown to somebody else who logs in without a log-out before', () => {
    login('u2')
    expect(kept()).toBe('')
  })
  it('wait for the same person when the server ended the session in the middle', () => {
    expire()
    login('u1')
    expect(kept()).toBe('头痛三天')
  })
  it('wait for nobody else', () => {
    expire()
    login('u2')
    login('u1')
    expect(kept()).toBe('')
  })
  it('are gone when the session ended while the app was closed', async () => {
    vi.useFakeTimers({ now: Date.now() + 2 * 3600_000 })
    vi.resetModules()
    await import('@/lib/session')
    vi.useRealTimers()
    expect(kept()).toBe('')
  })
})
