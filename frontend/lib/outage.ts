// The hospital answers but a part of it is away: its database, its session store, its chain. Nobody
// is logged out and nothing is lost; what was asked is asked again (lib/api), and every page says
// so meanwhile.
import { reactive } from 'vue'

export const outage = reactive({ on: false })
