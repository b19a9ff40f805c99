// The words in English, fetched when they are wanted: 12 KB less on the way to the first page. The
// same areas as in index.ts.
import type { areas } from '.'
import type { pages } from './pages'
import type { staff } from './staff'
import admin from './admin.en.json'
import chat from './chat.en.json'
import consent from './consent.en.json'
import common from './common.en.json'
import doctor from './doctor.en.json'
import document from './document.en.json'
import family from './family.en.json'
import gallery from './gallery.en.json'
import home from './home.en.json'
import idcode from './idcode.en.json'
import key from './key.en.json'
import law from './law.en.json'
import login from './login.en.json'
import me from './me.en.json'
import medicine from './medicine.en.json'
import notice from './notice.en.json'
import patient from './patient.en.json'
import pharmacy from './pharmacy.en.json'
import problem from './problem.en.json'
import queue from './queue.en.json'
import rating from './rating.en.json'
import regulator from './regulator.en.json'
import reviewer from './reviewer.en.json'
import role from './role.en.json'
import scan from './scan.en.json'
import security from './security.en.json'
import sign from './sign.en.json'
import split from './split.en.json'
import status from './status.en.json'
import tab from './tab.en.json'
import triage from './triage.en.json'

export const english: Record<keyof typeof areas | keyof typeof pages | keyof typeof staff, Record<string, string>> = {
  admin,
  chat,
  common,
  consent,
  doctor,
  document,
  family,
  gallery,
  home,
  idcode,
  key,
  law,
  login,
  me,
  medicine,
  notice,
  patient,
  pharmacy,
  problem,
  queue,
  rating,
  regulator,
  reviewer,
  role,
  scan,
  security,
  sign,
  split,
  status,
  tab,
  triage,
}
