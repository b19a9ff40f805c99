// Small drawings for pages on which there is nothing yet. Half transparent green, so that one file
// does for day and night.
const paper =
  '<rect x="34" y="14" width="52" height="66" rx="6" fill="#018942" fill-opacity=".12"/><path d="M46 32h28M46 44h28M46 56h16"/>'
const pieces = {
  papers: `${paper}<circle cx="80" cy="70" r="14" fill="#018942" fill-opacity=".2" stroke="none"/><path d="m74 70 4 4 8-8"/>`,
  talk: '<path d="M24 24h52a6 6 0 0 1 6 6v24a6 6 0 0 1-6 6H48L34 72V60H24a6 6 0 0 1-6-6V30a6 6 0 0 1 6-6Z" fill="#018942" fill-opacity=".12"/><path d="M50 33v18M41 42h18"/><path d="M90 44h6a6 6 0 0 1 6 6v20a6 6 0 0 1-6 6h-2v10L82 76H66"/>',
  medicine: `${paper}<g transform="rotate(-40 82 68)"><rect x="62" y="58" width="40" height="20" rx="10" fill="#b0440a" fill-opacity=".14" stroke="#c8692f"/><path d="M82 58v20" stroke="#c8692f"/></g>`,
  search:
    '<circle cx="54" cy="42" r="26" fill="#018942" fill-opacity=".12"/><path d="m73 61 21 21M44 42h20M54 32v20"/>',
  lost: '<path d="M60 14v74M44 88h32"/><path d="M34 22h46l10 10-10 10H34Z" fill="#018942" fill-opacity=".12"/><path d="M86 50H42l-10 9 10 9h44Z" fill="#018942" fill-opacity=".12"/>',
} as const

export type Art = keyof typeof pieces

export const artURL = (name: Art) =>
  `data:image/svg+xml,${encodeURIComponent(
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 120 96" fill="none" stroke="#2c9a63" stroke-width="2.5" stroke-linecap="round" stroke-linejoin="round">${pieces[name]}</svg>`,
  )}`
