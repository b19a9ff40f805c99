// The Chinese words of the pages behind the log-in, which no stranger's first page needs: fetched
// while the first of them is.
import chat from './chat.zh-Hans.json'
import doctor from './doctor.zh-Hans.json'
import document from './document.zh-Hans.json'
import home from './home.zh-Hans.json'
import idcode from './idcode.zh-Hans.json'
import me from './me.zh-Hans.json'
import medicine from './medicine.zh-Hans.json'
import patient from './patient.zh-Hans.json'
import queue from './queue.zh-Hans.json'
import rating from './rating.zh-Hans.json'
import scan from './scan.zh-Hans.json'
import split from './split.zh-Hans.json'
import triage from './triage.zh-Hans.json'

export const pages = { chat, doctor, document, home, idcode, me, medicine, patient, queue, rating, scan, split, triage }
