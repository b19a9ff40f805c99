// The areas' words in Chinese that a stranger's first page needs; pages.ts has those of the pages
// behind it, staff.ts those of the desks, english.ts all areas. A new area takes a file and two
// lines in each language's; see lib/i18n. test/unit/first.test.ts knows what the first page needs.
import common from './common.zh-Hans.json'
import login from './login.zh-Hans.json'
import problem from './problem.zh-Hans.json'
import role from './role.zh-Hans.json'
import sign from './sign.zh-Hans.json'
import status from './status.zh-Hans.json'
import tab from './tab.zh-Hans.json'

export const areas = { common, login, problem, role, sign, status, tab }
