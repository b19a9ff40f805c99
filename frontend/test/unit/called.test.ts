// A list of own papers says what each is about: medicines, or doctor and complaint; a bare number
// only of what the server does not tell.
import { flushPromises } from '@vue/test-utils'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { readFileSync, readdirSync } from 'node:fs'
import { api } from '@/lib/api'
import { useCalled } from '@/lib/called'

const asked: string[] = []
let down = false

beforeEach(() => {
  asked.length = 0
  down = false
  const answers: Record<string, unknown> = {
    '/v1/prescriptions': {
      items: [
        {
          id: 'RX1',
          drugs: [{ nameZh: '缬沙坦胶囊', nameEn: 'Valsartan' }, { nameZh: '辛伐他汀片', nameEn: 'Simvastatin' }],
          diagnosis: '高血压',
        },
        { id: 'RX2', drugs: [], diagnosis: '高血压', diagnosisEn: 'Hypertension' },
      ],
    },
    '/v1/consultations': {
      consultations: [{ id: 'CN1', doctor: 'udoc', intake: { complaint: '夜里咳嗽已经三天了，来复诊续方\n没有发热' } }],
    },
    '/v1/doctors/{person}': { person: 'udoc', name: '李明德' },
  }
  const answer = async (path: string) => {
    asked.push(path)
    if (down) throw new Error('away')
    return answers[path]
  }
  vi.spyOn(api, 'seen').mockImplementation(answer as never)
  vi.spyOn(api, 'get').mockImplementation(answer as never)
  return () => vi.restoreAllMocks()
})

describe('a number', () => {
  it('is called by its medicines, and a visit by doctor and complaint', async () => {
    const { look, called } = useCalled()
    await look(['RX1', 'RX2', 'CN1', 'u7k2', 'RX9'])
    await flushPromises()
    expect(['RX1', 'RX2', 'CN1', 'u7k2', 'RX9'].map(called)).toEqual([
      '缬沙坦胶囊、辛伐他汀片',
      '高血压',
      '李明德 · 夜里咳嗽已经三天了，来复诊续…',
      '',
      '',
    ])
  })

  it('is asked for once, and again when the server did not answer', async () => {
    const { look, called } = useCalled()
    down = true
    await look(['RX1'])
    expect(called('RX1')).toBe('')
    down = false
    await look(['RX1', 'RX9'])
    await look(['RX1', 'RX9'])
    expect([called('RX1') !== '', asked]).toEqual([true, ['/v1/prescriptions', '/v1/prescriptions']])
  })

  it('asks for nothing where nothing is about a paper', async () => {
    await useCalled().look(['', 'u7k2'])
    expect(asked).toEqual([])
  })

  it('is no line of a patient’s list by itself', () => {
    const pages = readdirSync('src', { recursive: true, encoding: 'utf8' }).filter(
      (f) => f.endsWith('.vue') && /^(pages|pkg-(inbox|family|paper|card))\//.test(f),
    )
    expect(pages.length).toBeGreaterThan(25)
    const bare = pages.filter((f) => /:label="(\w+\.)?(id|x|person|subject)"/.test(readFileSync(`src/${f}`, 'utf8')))
    expect(bare).toEqual([])
  })
})
