// Files of evidence between this app and Go's programs: each writes the golden files of
// chain/testdata/evidence by itself, and each reads them. Go's side is chain/exchange_test.go.
import { describe, expect, it } from 'vitest'
import { fromHex, toBase64 } from '@/lib/bytes'
import { canonical, type JSONValue } from '@/lib/canonical'
import { checkEvidence, readEvidence, writeEvidence } from '@/lib/evidence'
import { openHistory, timelineOf } from '@/lib/history'
import { openMembers } from '@/lib/members'
import { verifySealed } from '@/lib/receipt'
import { files, json, text } from '../golden'

const folder = 'chain/testdata/'
const genesis = text(folder + 'members.json').trim()
const timeline = timelineOf(openMembers(genesis))
const history = `{"adoptions":[],"genesis":${genesis},"v":1}`
const documents = json<{ kind: string; salt: string; document: string }[]>(folder + 'documents.json')
const steps = ['05-rx.issue', '06-rx.approve', '09-rx.pay', '10-rx.claim', '11-rx.dispense']
const parts = steps.map((name) => {
  const d = documents.find((x) => name.endsWith(x.kind))!
  return { document: d.document, salt: toBase64(fromHex(d.salt)), receipt: text(`${folder}receipt-${name}.json`) }
})

describe('files of evidence', () => {
  it('are written byte for byte as Go writes them', () =>
    expect(writeEvidence(parts, history)).toBe(text(folder + 'evidence/evidence.json')))

  it.each(files(folder + 'evidence', /^(evidence|bundle|dossier|list).*\.json$/))(
    '%s of Go, of now or before, proves every step',
    async (name) => {
      const file = readEvidence(text(`${folder}evidence/${name}`))
      const judged = await checkEvidence(
        file,
        file.history ? openHistory(file.history) : timeline,
        async () => undefined,
      )
      const [receipts, documents, attempts] = {
        evidence: [5, 5, 0],
        bundle: [3, 3, 0],
        dossier: [2, 1, 1],
        list: [2, 2, 0],
      }[name.split(/[-.]/)[0]!]!
      expect(judged.map((j) => j.reason ?? 'good')).toEqual(Array.from({ length: receipts! + attempts! }, () => 'good'))
      expect([judged.filter((j) => j.document).length, judged.filter((j) => j.attempt).length]).toEqual([
        documents,
        attempts,
      ])
    },
  )

  it.each(['evidence', 'bundle', 'dossier', 'list', 'sealed'])('%s.json is in the order of RFC 8785', (name) => {
    const raw = text(`${folder}evidence/${name}.json`)
    expect(canonical(JSON.parse(raw) as JSONValue)).toBe(raw.trim())
  })

  it("a height's sealed header holds", () =>
    expect(verifySealed(timeline, text(folder + 'evidence/sealed.json')).chain).toBe(timeline[0].roster.chain))
})
