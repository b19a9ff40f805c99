// Every area's words in both languages. A new area takes two files and three lines here; see lib/i18n.
import adminZH from './admin.zh-Hans.json'
import adminEN from './admin.en.json'
import chatZH from './chat.zh-Hans.json'
import chatEN from './chat.en.json'
import commonZH from './common.zh-Hans.json'
import commonEN from './common.en.json'
import doctorZH from './doctor.zh-Hans.json'
import doctorEN from './doctor.en.json'
import documentZH from './document.zh-Hans.json'
import documentEN from './document.en.json'
import keyZH from './key.zh-Hans.json'
import keyEN from './key.en.json'
import loginZH from './login.zh-Hans.json'
import loginEN from './login.en.json'
import meZH from './me.zh-Hans.json'
import meEN from './me.en.json'
import patientZH from './patient.zh-Hans.json'
import patientEN from './patient.en.json'
import pharmacyZH from './pharmacy.zh-Hans.json'
import pharmacyEN from './pharmacy.en.json'
import problemZH from './problem.zh-Hans.json'
import problemEN from './problem.en.json'
import regulatorZH from './regulator.zh-Hans.json'
import regulatorEN from './regulator.en.json'
import reviewerZH from './reviewer.zh-Hans.json'
import reviewerEN from './reviewer.en.json'
import roleZH from './role.zh-Hans.json'
import roleEN from './role.en.json'
import scanZH from './scan.zh-Hans.json'
import scanEN from './scan.en.json'
import signZH from './sign.zh-Hans.json'
import signEN from './sign.en.json'
import splitZH from './split.zh-Hans.json'
import splitEN from './split.en.json'
import statusZH from './status.zh-Hans.json'
import statusEN from './status.en.json'
import tabZH from './tab.zh-Hans.json'
import tabEN from './tab.en.json'

export const areas = {
  admin: { zh: adminZH, en: adminEN },
  chat: { zh: chatZH, en: chatEN },
  common: { zh: commonZH, en: commonEN },
  doctor: { zh: doctorZH, en: doctorEN },
  document: { zh: documentZH, en: documentEN },
  key: { zh: keyZH, en: keyEN },
  login: { zh: loginZH, en: loginEN },
  me: { zh: meZH, en: meEN },
  patient: { zh: patientZH, en: patientEN },
  pharmacy: { zh: pharmacyZH, en: pharmacyEN },
  problem: { zh: problemZH, en: problemEN },
  regulator: { zh: regulatorZH, en: regulatorEN },
  reviewer: { zh: reviewerZH, en: reviewerEN },
  role: { zh: roleZH, en: roleEN },
  scan: { zh: scanZH, en: scanEN },
  sign: { zh: signZH, en: signEN },
  split: { zh: splitZH, en: splitEN },
  status: { zh: statusZH, en: statusEN },
  tab: { zh: tabZH, en: tabEN },
}
