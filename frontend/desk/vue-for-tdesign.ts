// Vue as TDesign's icons want it: they ask for useId of Vue 3.5, and uni-app holds this project at
// 3.4 (app/docs/FRONTEND.md).
export * from 'vue'

let last = 0

/** An id that no other element of the page has. */
export const useId = () => `td-${++last}`
