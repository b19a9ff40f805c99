import { readFileSync, readdirSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import en from '@/locale/en.json'
import zh from '@/locale/zh-Hans.json'
import { contract } from '@/lib/contract'
import { fetchWords, t, tMaybe } from '@/lib/i18n'
import { choose } from '@/lib/settings'
import { areas } from '@/words'
import { pages } from '@/words/pages'
import { staff } from '@/words/staff'
import { english } from '@/words/english'
import deskZH from '../../desk/words/desk.zh-Hans.json'
import deskEN from '../../desk/words/desk.en.json'
import { text } from '../golden'

/** What the server asks consent to. */
const papers = JSON.parse(text('app/consent/papers.json')) as {
  name: string
  version: number
  since: string
  words: Record<string, { title: string; chapters: string[][] }>
}[]

const placeholders = (s: string) => [...s.matchAll(/\{\w+\}/g)].map((m) => m[0]).sort()

describe('both languages', () => {
  const all: Record<string, { zh: Record<string, string>; en: Record<string, string> }> = {
    titles: { zh, en },
    desk: { zh: deskZH, en: deskEN },
  }
  for (const [area, words] of Object.entries({ ...areas, ...pages, ...staff }))
    all[area] = { zh: words, en: english[area as keyof typeof english] }
  it.each(Object.keys(all))('%s has the same keys and placeholders in both', (area) => {
    const words = all[area]!
    expect(Object.keys(words.en).sort()).toEqual(Object.keys(words.zh).sort())
    for (const [key, chinese] of Object.entries(words.zh)) {
      expect(chinese, key).not.toBe('')
      expect(words.en[key], key).not.toMatch(/[\u4e00-\u9fff]/)
      expect(placeholders(words.en[key]!), key).toEqual(placeholders(chinese))
    }
  })

  it('has no words that nobody says', () => {
    const sources = ['src', 'desk', 'lib'].flatMap((folder) =>
      readdirSync(folder, { recursive: true, encoding: 'utf8' })
        .filter((f) => /\.(ts|vue)$/.test(f) && !f.endsWith('.d.ts'))
        .map((f) => readFileSync(`${folder}/${f}`, 'utf8')),
    )
    const source = [...sources, readFileSync('src/pages.json', 'utf8')].join('\n')
    const whole = new Set([...source.matchAll(/['"`%]([a-z]\w*(?:\.[\w-]+)+)['"`%]/g)].map((m) => m[1]!))
    const begun = [...new Set([...source.matchAll(/`([a-z]\w*\.[\w.-]*)\$\{/g)].map((m) => m[1]!))]
    const keys = Object.entries(all).flatMap(([area, words]) =>
      Object.keys(words.zh).map((k) => (area === 'titles' ? k : `${area}.${k}`)),
    )
    expect(keys.filter((k) => !whole.has(k) && !begun.some((b) => k.startsWith(b)))).toEqual([])
  })

  // app/docs/DESIGN.md, "Words": one thing has one name.
  it('calls nothing by a name of which patients know another', () => {
    const old = {
      zh: /密钥|PIN|上链|链上|联盟链|链节点|存证|流转凭证|凭证文件|吊销|证书|医保卡|病人|家属|调阅|访问记录|(取消|撤回)处方|处方已过期|申诉/,
      en: /signing key|\b(the|this|new|old) key\b|on the chain|the chain\b|the ledger|certificate|revoke|transfer file/i,
    }
    // Pharmacies say the name that the patient at the counter knows.
    for (const [k, v] of Object.entries(all.pharmacy!.zh))
      expect(v + all.pharmacy!.en[k], k).not.toMatch(
        /流转凭证|凭证文件|处方编号|上链|链上|存证|transfer file|on chain|the chain/i,
      )
    const theirs = [
      'patient', 'key', 'sign', 'me', 'common', 'chat', 'problem', 'status', 'login', 'tab', 'notice', 'consent',
      'security', 'split', 'scan', 'home', 'family', 'medicine', 'rating', 'queue', 'titles',
    ]
    /**
     * A second factor's secret, newborns' papers, the fold's name, desks of the regulator and of
     * pharmacies, who check the chain itself.
     */
    const spared =
      /^security\.factor|certificate$|^sign\.more$|^titles\.title\.(record|live|explorer|subject|blocks?|member|members|verify|findings?)|^tab\.chain|idempotency|^problem\.(regulator|member|oversight|disclosure)/
    const found = Object.entries(all).flatMap(([area, words]) =>
      theirs.includes(area)
        ? Object.keys(words.zh)
            .filter((k) => !spared.test(`${area}.${k}`))
            .flatMap((k) => [
              old.zh.test(words.zh[k]!) ? `${area}.${k}: ${words.zh[k]}` : '',
              old.en.test(words.en[k]!) ? `${area}.${k}: ${words.en[k]}` : '',
            ])
        : [],
    )
    expect(found.filter(Boolean)).toEqual([])
  })

  it('has words for every problem code of the server', () => {
    const codes = [...text('app/docs/PROBLEMS.md').matchAll(/<a id="([a-z0-9-]+)">/g)].map((m) => m[1]!)
    expect(codes.length).toBeGreaterThan(80)
    for (const code of codes) expect(tMaybe(`problem.${code}`, ''), code).not.toBe('')
  })

  it('has words for every kind of record', () => {
    for (const kind of Object.keys(contract.kinds)) expect(all.law!.zh, kind).toHaveProperty([`kind.${kind}`])
  })

  it('has words for every status and every role of organisations', () => {
    for (const { prefix, to } of Object.values(contract.kinds)) {
      const words = tMaybe(
        `status.${prefix.slice(0, -1)}.${to}`,
        all.law!.zh[`status.${prefix.slice(0, -1)}.${to}`] ?? '',
      )
      if (to) expect(words, prefix + to).not.toBe('')
    }
    for (const { name } of contract.orgs) expect(all.regulator!.zh, name).toHaveProperty([`org.${name}`])
  })

  it('has words for every kind of notice', () => {
    const kinds = [...text('app/notice/kinds.go').matchAll(/ Kind = "([a-z]+\.[a-z]+)"/g)].map((m) => m[1]!)
    expect(kinds.length).toBeGreaterThan(30)
    // It is never in an inbox.
    for (const kind of kinds) if (kind !== 'visit.read') expect(all.notice!.zh, kind).toHaveProperty([kind])
  })

  it('has a status word for every status of a prescription', () => {
    for (const [, status] of text('prescription/status.go').matchAll(/ Status = "(\w+)"/g))
      expect(tMaybe(`status.rx.${status}`, ''), status).not.toBe('')
  })
})

describe('t', () => {
  it('fills in values, keeps unknown placeholders and changes with the language', async () => {
    expect(t('problem.login-locked', { seconds: 3 })).toContain('3 秒')
    expect(t('problem.login-locked')).toContain('{seconds}')
    choose({ language: 'en' })
    await fetchWords('pages/home/home')
    expect(t('common.retry')).toBe('Try again')
    choose({ language: 'zh-Hans' })
    expect(t('common.retry')).toBe('重试')
  })
})

describe('the documents that the log-in names', () => {
  it.each(papers.map((p) => [p.name, p] as const))(
    '%s: say the same in both languages, chapter by chapter, of one version',
    (_, { version, since, words }) => {
      const [zh, en] = [words['zh-Hans']!.chapters, words.en!.chapters]
      expect(en.map((c) => c.length)).toEqual(zh.map((c) => c.length))
      expect(JSON.stringify(words.en)).not.toMatch(/[\u4e00-\u9fff]|signing (code|key)|\bchain\b|certificate|revoke/)
      expect([version > 0, /^\d{4}-\d\d-\d\d$/.test(since)]).toEqual([true, true])
    },
  )
})
