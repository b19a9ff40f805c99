// The Chinese words of the administrator's and the regulator's pages, of the gallery and of the inbox, fetched when one of them is opened: 7 KB less on the way to a
// patient's first page.
import admin from './admin.zh-Hans.json'
import gallery from './gallery.zh-Hans.json'
import notice from './notice.zh-Hans.json'
import regulator from './regulator.zh-Hans.json'

export const staff = { admin, gallery, notice, regulator }
