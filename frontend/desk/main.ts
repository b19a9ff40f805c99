import { createApp } from 'vue'
import 'tdesign-vue-next/es/style/index.css'
import '../src/styles/tokens.css'
import '../src/styles/base.css'
import './styles/desk.css'
import { fetchWords } from '@/lib/i18n'
import { watchBuild } from '@/platform/renew'
import App from './App.vue'
import { dress } from './appearance'
import { askWhose } from './node'
import { router } from './router'

dress()
watchBuild()
// Staff's words, the English ones where they are wanted, and whose server it is, before the first
// page.
void Promise.allSettled([fetchWords('pkg-admin/'), askWhose()]).finally(() => createApp(App).use(router).mount('#desk'))
