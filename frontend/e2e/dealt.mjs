// Which looks of a screen are drawn. A screen is drawn as it usually is and in one other look,
// dealt out by turns; HOSPITAL_SCREENS=all draws each in every look. What is drawn does not change
// from run to run.
export const everyScreen = process.env.HOSPITAL_SCREENS === 'all'

/** The usual look, and the one whose turn it is. */
export const looksOf = (turn, usual, others) =>
  everyScreen ? [...others, usual] : [others[turn % others.length], usual]
