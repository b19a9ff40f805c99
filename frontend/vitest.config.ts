import { availableParallelism } from 'node:os'
import { fileURLToPath } from 'node:url'
import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'vitest/config'
import { platformBlocks } from './build/platform-blocks'

const path = (relative: string) => fileURLToPath(new URL(relative, import.meta.url))
const uniTags = new Set([
  'view', 'text', 'image', 'scroll-view', 'swiper', 'swiper-item', 'picker', 'picker-view', 'picker-view-column',
  'switch', 'navigator', 'block',
])

export default defineConfig({
  // The uni plugin is not needed to test: its tags are custom elements, its functions come from
  // test/setup.ts.
  plugins: [
    platformBlocks('H5'),
    vue({ template: { compilerOptions: { isCustomElement: (tag) => uniTags.has(tag) } } }),
  ],
  resolve: { alias: { '@/lib': path('lib'), '@': path('src') } },
  test: {
    environment: 'jsdom',
    setupFiles: ['test/setup.ts'],
    include: ['test/unit/**/*.test.ts'],
    testTimeout: 20_000,
    // As many at once as there are processors: left out, one of them stays idle.
    pool: 'threads',
    maxWorkers: availableParallelism(),
  },
})
