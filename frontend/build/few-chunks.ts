// Few files for the first pages. Rollup gives each component that two pages share a file of its
// own, with a style sheet beside it: home was 35 of them, and a browser without HTTP/2 asks for six
// at a time. So what the log-in page needs is one file, and what the patient's tabs need beyond it
// another.
import type { Plugin } from 'vite'

interface Graph {
  getModuleIds(): IterableIterator<string>
  getModuleInfo(
    id: string,
  ): { isEntry: boolean; importedIds: readonly string[]; dynamicallyImportedIds: readonly string[] } | null
}

/** Names of chunks, and the pages whose parts they hold; a part that two need lies in the first. */
export const chunks: Record<string, readonly string[]> = {
  first: ['pages/login/login'],
  tabs: ['pages/home/home', 'pages/visits/visits', 'pages/rxs/rxs', 'pages/me/me'],
}

const file = (id: string) => id.split('?')[0]!
const isPage = (id: string) => /\/src\/(pages|pkg-[a-z]+)\/.*\.vue$/.test(file(id))

/** What is needed from these modules on, without an import(). */
function closure(graph: Graph, from: string[], into = new Set<string>()): Set<string> {
  for (const id of from)
    if (!into.has(id)) {
      into.add(id)
      closure(graph, [...(graph.getModuleInfo(id)?.importedIds ?? [])], into)
    }
  return into
}

/**
 * The chunk of each module that has one. What the entry needs is named too, or Rollup would part it
 * by who shares it; a page stays by itself.
 */
export function parted(graph: Graph): Map<string, string> {
  const all = [...graph.getModuleIds()]
  const entry = closure(graph, all.filter((id) => graph.getModuleInfo(id)?.isEntry))
  const later = new Set(all.flatMap((id) => [...(graph.getModuleInfo(id)?.dynamicallyImportedIds ?? [])]))
  const of = new Map<string, string>([...entry].map((id) => [id, 'index']))
  for (const [chunk, pages] of Object.entries(chunks)) {
    const roots = [...later].filter((id) => pages.some((page) => file(id).endsWith(`/src/${page}.vue`)))
    for (const id of closure(graph, roots)) if (!of.has(id) && !isPage(id)) of.set(id, chunk)
  }
  return of
}

export function fewChunks(): Plugin {
  let of: Map<string, string> | undefined
  return {
    name: 'few-chunks',
    apply: (_, { command }) => command === 'build' && process.env.UNI_PLATFORM === 'h5',
    buildStart: () => void (of = undefined),
    config: () => ({
      build: {
        rollupOptions: {
          output: {
            onlyExplicitManualChunks: true,
            manualChunks: (id: string, graph: Graph) => (of ??= parted(graph)).get(id),
          },
        },
      },
    }),
  }
}
