import { beforeEach, describe, expect, it, vi } from 'vitest'
import { api } from '@/lib/api'
import { bundleFacts, dropBundle, fetchBundle, keptBundle, keptBundles, keptCodes, withCode } from '@/lib/bundles'
import { toBase64, utf8 } from '@/lib/bytes'
import { begin, end, expire } from '@/lib/session'
import { text } from '../golden'

const logIn = (person: string) =>
  begin({ token: 't', expiresAt: '2999-01-01T00:00:00Z', account: { id: person, person, role: 'patient', org: 'h1' } })

describe('a bundle on the phone', () => {
  beforeEach(async () => {
    vi.spyOn(api, 'text').mockResolvedValue('{"v":1, "x":"as it came"}')
    vi.spyOn(api, 'get').mockResolvedValue({ codes: ['CODE1', 'CODE2'] } as never)
    logIn('p1')
    await fetchBundle('p1', 'RX1')
    return () => vi.restoreAllMocks()
  })

  it('is kept as it came, for its person alone, until it is dropped', () => {
    expect(keptBundle('p1', 'RX1')).toBe('{"v":1, "x":"as it came"}')
    expect([keptBundles('p1'), keptBundles('p')]).toEqual([['RX1'], []])
    dropBundle('p1', 'RX1')
    expect(keptBundles('p1')).toEqual([])
  })
  it('has the codes of later claims, which go with it', () => {
    expect(keptCodes('p1', 'RX1')).toEqual(['CODE1', 'CODE2'])
    dropBundle('p1', 'RX1')
    expect(keptCodes('p1', 'RX1')).toEqual([])
  })
  it('takes another code and stays as it is otherwise', () => {
    const bundle = '{ "accessCode": "CODE1", "evidence": [{"document":{"accessCode":"as it came"}}], "v":1.0}'
    expect(withCode(bundle, 'CODE2')).toBe(bundle.replace('CODE1', 'CODE2'))
  })
  it('waits for the same person when the server ended the session', () => {
    expire()
    logIn('p1')
    expect(keptBundles('p1')).toEqual(['RX1'])
  })
  it('goes at log-out', () => {
    end()
    expect(keptBundles('p1')).toEqual([])
    expect(keptCodes('p1', 'RX1')).toEqual([])
  })
  it('goes when somebody else logs in', () => {
    expire()
    logIn('p2')
    expect(keptBundles('p1')).toEqual([])
  })
  it('says without the hospital whose it is, who signed it and which drugs it has', () => {
    const documents = JSON.parse(text('prescription/document/testdata/documents.json')) as Record<string, unknown>[]
    const issue = documents.find((d) => String(d.schema).startsWith('hospital.rx.issue/'))!
    const bundle = (document: string) =>
      JSON.stringify({ v: 1, prescription: 'RX1', accessCode: 'A', evidence: [{ document, receipt: {}, salt: '' }] })
    expect(bundleFacts(bundle(toBase64(utf8(JSON.stringify(issue)))))).toEqual({
      id: 'RX1',
      department: '心血管内科',
      doctor: '文字name',
      patient: '文字patientname',
      person: '文字patientperson',
      drugs: [
        { nameZh: '文字items0name', nameEn: 'English name' },
        { nameZh: '文字items1name', nameEn: 'English name' },
      ],
      issued: '2026-11-30T08:05:00.000+08:00',
      validUntil: '2026-12-03T00:00:00.000+08:00',
    })
    for (const other of ['', '{}', '{"v":1, "x":"as it came"}', bundle('no document')])
      expect(bundleFacts(other)).toBeUndefined()
  })
})
