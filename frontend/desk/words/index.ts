// The mini-app's words and the desk's own.
import { areas as shared } from '../../src/words'
import desk from './desk.zh-Hans.json'

export const areas = { ...shared, desk }
