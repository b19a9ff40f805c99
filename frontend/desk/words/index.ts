// The mini-app's words and the desk's own.
import { areas as shared } from '../../src/words'
import pharmacy from '../../src/words/pharmacy.zh-Hans.json'
import reviewer from '../../src/words/reviewer.zh-Hans.json'
import desk from './desk.zh-Hans.json'

export const areas = { ...shared, pharmacy, reviewer, desk }
