// The areas' words in Chinese that every first page needs; staff.ts has those of the desks, english.ts all areas. A new area
// takes a file and two lines in each language's; see lib/i18n.
import chat from './chat.zh-Hans.json'
import common from './common.zh-Hans.json'
import doctor from './doctor.zh-Hans.json'
import document from './document.zh-Hans.json'
import home from './home.zh-Hans.json'
import login from './login.zh-Hans.json'
import me from './me.zh-Hans.json'
import medicine from './medicine.zh-Hans.json'
import patient from './patient.zh-Hans.json'
import problem from './problem.zh-Hans.json'
import queue from './queue.zh-Hans.json'
import rating from './rating.zh-Hans.json'
import role from './role.zh-Hans.json'
import scan from './scan.zh-Hans.json'
import sign from './sign.zh-Hans.json'
import split from './split.zh-Hans.json'
import status from './status.zh-Hans.json'
import tab from './tab.zh-Hans.json'

export const areas = { chat, common, doctor, document, home, login, me, medicine, patient, problem, queue, rating, role, scan, sign, split, status, tab }
