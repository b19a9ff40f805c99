// What a person chose for this device: language, light or dark, text size. Nothing personal, so it
// stays at log-out.
import { computed, reactive, ref } from 'vue'
import * as storage from '@/platform/storage'

export type Language = 'zh-Hans' | 'en'
export type Theme = 'auto' | 'light' | 'dark'

/** Text sizes: ordinary, elder (长辈版), elder large. */
export const SCALES = [1, 1.4, 1.8] as const
export type Scale = (typeof SCALES)[number]

interface Settings {
  language: Language
  theme: Theme
  scale: Scale
  /** Staff hear a tone when there is something new. */
  sound: boolean
}

const slot = 'settings'
const initial: Settings = { language: 'zh-Hans', theme: 'auto', scale: 1, sound: true }

function load(): Settings {
  try {
    const kept = JSON.parse(storage.read(slot)) as Partial<Settings>
    return {
      language: kept.language === 'en' ? 'en' : 'zh-Hans',
      theme: kept.theme === 'dark' || kept.theme === 'light' ? kept.theme : 'auto',
      scale: SCALES.find((s) => s === kept.scale) ?? 1,
      sound: kept.sound !== false,
    }
  } catch {
    return { ...initial } // nothing kept yet, or damaged
  }
}

const state = reactive(load())

/** Read it anywhere; change it by choose. */
export const settings: Readonly<Settings> = state

export function choose(change: Partial<Settings>): void {
  Object.assign(state, change)
  storage.write(slot, JSON.stringify(state))
}

/** What the device itself shows; platform code sets it. */
export const systemDark = ref(false)

export const isDark = computed(() => state.theme === 'dark' || (state.theme === 'auto' && systemDark.value))
export const isElder = computed(() => state.scale > 1)
