// Money is whole fen (分) everywhere; this is the only place that writes it as yuan.

/** '12.30' of 1230; negative with a minus sign. Throws for anything but whole fen. */
export function yuan(fen: number): string {
  if (!Number.isSafeInteger(fen)) throw new RangeError('money: whole fen')
  const abs = Math.abs(fen)
  const whole = Math.floor(abs / 100).toString().replace(/\B(?=(\d{3})+$)/g, ',')
  return `${fen < 0 ? '-' : ''}${whole}.${String(abs % 100).padStart(2, '0')}`
}

/** '¥12.30' of 1230. */
export const money = (fen: number) => (fen < 0 ? `-¥${yuan(-fen)}` : `¥${yuan(fen)}`)

/**
 * Who bears a bill: the insurance funds (基金支付), the personal account (个人账户), and the rest in cash
 * (自费现金).
 */
export interface Split {
  fund: number
  account: number
  cash: number
}

/**
 * Whole per cents of the three parts that add up to 100 (largest remainder), for a bar: a part that
 * is not nothing gets at least one. All zero for an empty bill.
 */
export function shares(split: Split): Split {
  const parts = [split.fund, split.account, split.cash]
  const total = parts.reduce((a, b) => a + b, 0)
  if (total <= 0) return { fund: 0, account: 0, cash: 0 }
  const exact = parts.map((p) => (p * 100) / total)
  const out = exact.map((e, i) => (parts[i]! > 0 ? Math.max(1, Math.floor(e)) : 0))
  let rest = 100 - out.reduce((a, b) => a + b, 0)
  while (rest !== 0) {
    const step = Math.sign(rest)
    const gap = (i: number) => (parts[i]! > 0 && out[i]! + step > 0 ? (exact[i]! - out[i]!) * step : -Infinity)
    const i = [0, 1, 2].reduce((best, j) => (gap(j) > gap(best) ? j : best))
    out[i]! += step
    rest -= step
  }
  return { fund: out[0]!, account: out[1]!, cash: out[2]! }
}
