// Pages behind the # of the address, so that the server has one page to serve. Each workplace is
// fetched when its role opens it.
import { createRouter, createWebHashHistory } from 'vue-router'
import { onSessionEnd } from '@/lib/api'
import { session } from '@/lib/session'
import LogIn from './log-in.vue'
import { homeOf, placesOf } from './nav'
import { phone } from './phone'

export const router = createRouter({
  history: createWebHashHistory(),
  routes: [
    { path: '/login', component: LogIn, meta: { bare: true } },
    { path: '/doctor/:id?', component: () => import('./doctor/doctor.vue') },
    { path: '/reviewer/:id?', component: () => import('./reviewer/reviewer.vue') },
    { path: '/counter/:id?', component: () => import('./counter/counter.vue') },
    { path: '/today', component: () => import('./admin/today.vue') },
    { path: '/staff/:id?', component: () => import('./admin/staff.vue') },
    { path: '/audit/:id?', component: () => import('./admin/audit.vue') },
    { path: '/stock', component: () => import('./counter/stock.vue') },
    { path: '/schedules', component: () => import('./admin/schedules.vue') },
    { path: '/prices', component: () => import('./admin/prices.vue') },
    { path: '/settings', component: () => import('./admin/settings.vue') },
    { path: '/overview', component: () => import('./regulator/overview.vue') },
    { path: '/findings/:id?', component: () => import('./regulator/findings.vue') },
    { path: '/export', component: () => import('./regulator/export.vue') },
    { path: '/people', component: () => import('./regulator/people.vue') },
    { path: '/explore/:kind?/:id?', component: () => import('./explorer/explorer.vue'), meta: { open: true } },
    { path: '/verify', component: () => import('./explorer/verify.vue'), meta: { open: true } },
    { path: '/none', component: () => import('./none.vue') },
    { path: '/:rest(.*)*', redirect: () => (session.value ? homeOf(session.value.account.role) : '/login') },
  ],
})

router.beforeEach((to) => {
  const account = session.value?.account
  if (to.path === '/login') return account && !account.due ? homeOf(account.role) : true
  if (!account && to.meta.open) return true
  if (!account) return { path: '/login', query: to.path === '/' ? {} : { back: to.fullPath } }
  if (account.due) {
    location.href = phone(account.due === 'password' ? '/pages/password/password' : '/pages/factor/factor')
    return false
  }
  // Another role's workplace is not this person's.
  const area = `/${to.path.split('/')[1]}`
  const mine = placesOf(account.role)
  if (area !== '/none' && !to.meta.open && !mine.some((p) => p.path === area)) return homeOf(account.role)
  return true
})

/** A lost chunk is a build that was replaced: platform/renew loads the page anew. */
router.onError(() => undefined)

onSessionEnd.run = () => void router.replace({ path: '/login', query: { back: router.currentRoute.value.fullPath } })
