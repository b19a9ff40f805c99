// Days of China, by which the law counts: UTC+8, without summer time since 1991
// (chain/platform/china).

/** A day, in ms. */
export const DAY = 86_400_000

/** How far China's clock is ahead of UTC, in ms. */
export const AHEAD = 8 * 3600_000

/** The day in China of a moment, '2026-11-01'. */
export const dayInChina = (at: number) => new Date(at + AHEAD).toISOString().slice(0, 10)
