import { english as shared } from '../../src/words/english'
import desk from './desk.en.json'

export const english = { ...shared, desk }
