import { describe as suite, expect, it } from 'vitest'
import { describe } from '@/lib/document'

// A signed prescription says what its findings rest on; one signed before that was kept still reads as it did.
suite('a prescription document', () => {
  const old = { schema: 'hospital.rx.issue/1', findings: [], items: [{ name: '阿莫西林胶囊', code: 'D0001' }] }
  const basis = {
    version: '2026.11.1', released: '2026-11-30', digest: 'ab'.repeat(32), facts: 641, medicines: 1, running: 2, checked: ['clinical.interaction', 'clinical.route'],
    open: [{ rule: 'clinical.organs', zh: '未录入肾功能', en: 'no renal function on file' }], zh: '按规则库核对', en: 'Checked by tables',
  }

  it('shows the whole basis in words', () => {
    const shown = describe({ ...old, schema: 'hospital.rx.issue/2', basis }).find((s) => s.title === '检查依据')
    const text = JSON.stringify(shown)
    for (const words of ['2026.11.1', 'abab', '641', '相互作用, 给药途径', '未录入肾功能 / no renal function on file (clinical.organs)', '按规则库核对', 'Checked by tables']) expect(text).toContain(words)
  })
  it('of the first form has none', () => expect(describe(old).map((s) => s.title)).toEqual(['药品 1/1', '存证信息']))
})
