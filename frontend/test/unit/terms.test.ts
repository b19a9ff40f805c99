import { beforeEach, describe, expect, it, vi } from 'vitest'

const answer = {
  frequencies: [
    { code: 'tid', name: '每日三次', englishName: 'three times a day', times: 3, perDays: 1 },
    { code: 'qod', name: '隔日一次', englishName: 'every other day', times: 1, perDays: 2 },
    { code: 'prn', name: '必要时', englishName: 'as needed', times: 0, perDays: 1 },
  ],
  routes: [{ code: 'po', name: '口服', englishName: 'oral' }],
  forms: [{ code: 'cap', name: '胶囊剂', englishName: 'capsule' }],
  units: [
    { code: '盒', name: '盒', englishName: 'box', englishPlural: 'boxes' },
    { code: '片', name: '片', englishName: 'tablet', englishPlural: 'tablets' },
    { code: 'mg', name: 'mg', englishName: 'mg', englishPlural: 'mg' },
  ],
}
const get = vi.fn()
vi.mock('@/lib/api', () => ({ api: { get } }))

/** A fresh app: nothing read yet. */
async function start(language: 'zh-Hans' | 'en') {
  vi.resetModules()
  const { choose } = await import('@/lib/settings')
  choose({ language })
  return import('@/lib/terms')
}

describe('terms', () => {
  beforeEach(() => {
    get.mockReset()
    get.mockResolvedValue(answer)
  })

  it('are asked for once, and only when an English word is needed', async () => {
    const zh = await start('zh-Hans')
    expect([zh.frequencyName('tid', '每日三次'), zh.counted(2, '盒')]).toEqual(['每日三次', '2盒'])
    expect(get).not.toHaveBeenCalled()
    const en = await start('en')
    expect(en.frequencyName('tid', '每日三次')).toBe('每日三次') // until the words are here
    await en.loadTerms()
    expect([en.frequencyName('tid', '每日三次'), en.routeName('po', '口服'), en.formName('胶囊剂')]).toEqual([
      'three times a day',
      'oral',
      'capsule',
    ])
    expect(get).toHaveBeenCalledTimes(1)
  })

  it('say a strength in English', async () => {
    const en = await start('en')
    expect(['80万U', '2ml:8万U', '120万U', '10mg', '50μg/揿', '8丸:3g', '复方'].map(en.strengthName)).toEqual([
      '800,000 U', '2ml:80,000 U', '1,200,000 U', '10mg', '50μg/actuation', '8 pills:3g', 'compound',
    ])
    expect((await start('zh-Hans')).strengthName('80万U')).toBe('80万U')
  })

  it('are asked for again after a failure', async () => {
    const en = await start('en')
    get.mockRejectedValueOnce(new Error('offline'))
    await expect(en.loadTerms()).rejects.toThrow('offline')
    await en.loadTerms()
    expect(en.unitName('盒', 1)).toBe('box')
  })

  it('count in English', async () => {
    const en = await start('en')
    await en.loadTerms()
    expect([en.counted(1, '盒'), en.counted('2', '盒'), en.counted('0.5', 'mg'), en.counted(3, '桶')]).toEqual([
      '1 box',
      '2 boxes',
      '0.5 mg',
      '3 桶',
    ])
    expect(en.packing({ package: '28片/盒', pieces: 28, unit: '片', packageUnit: '盒' })).toBe('28 tablets/box')
  })

  it('say how many doses a day has, where anybody can', async () => {
    const en = await start('en')
    await en.loadTerms()
    expect([
      en.dosesIn('tid', 1),
      en.dosesIn('qod', 7),
      en.dosesIn('qod', 8),
      en.dosesIn('prn', 7),
      en.dosesIn('new', 7),
    ]).toEqual([3, 4, 4, undefined, undefined])
  })
})
