// Writes lib/openapi.d.ts from the servers' own descriptions. A regulator's node has operations
// that a hospital has not, so there are two, and what both have must be the same:
//   HOSPITAL_BINARY=… npm run api
//     starts a hospital and a regulator's node for the moment
//   npm run api -- http://127.0.0.1:8080/openapi.json http://127.0.0.1:26609/openapi.json
import { writeFile } from 'node:fs/promises'
import { isDeepStrictEqual } from 'node:util'
import openapiTS, { astToString } from 'openapi-typescript'
import { makeCity } from '../e2e/city.mjs'
import { startServer } from '../e2e/server.mjs'

async function describe(source) {
  const answer = await fetch(source)
  if (!answer.ok) throw new Error(`${source}: ${answer.status}`)
  return answer.json()
}

async function started() {
  const servers = []
  try {
    const ward = await startServer()
    servers.push(ward)
    const city = await makeCity()
    servers.push(city)
    await city.start('r1')
    return await Promise.all([ward.url, city.url('r1')].map((url) => describe(`${url}/openapi.json`)))
  } finally {
    await Promise.all(servers.map((s) => s.close()))
  }
}

/**
 * Adds what only the second has. The same name for two things would make one of them wrong in the
 * client.
 */
function merge(into, from, what) {
  for (const [name, value] of Object.entries(from ?? {})) {
    if (into[name] !== undefined && !isDeepStrictEqual(into[name], value))
      throw new Error(`${what} ${name} differs between the two descriptions`)
    into[name] = value
  }
}

const sources = process.argv.slice(2)
const [description, ...others] = sources.length ? await Promise.all(sources.map(describe)) : await started()
for (const other of others) {
  merge(description.paths, other.paths, 'path')
  merge(description.components.schemas, other.components.schemas, 'schema')
}
if (!description.paths['/v1/oversight']) throw new Error("no description is a regulator's node's")
description.paths = Object.fromEntries(Object.entries(description.paths).sort(([a], [b]) => (a < b ? -1 : 1)))
description.components.schemas = Object.fromEntries(
  Object.entries(description.components.schemas).sort(([a], [b]) => (a < b ? -1 : 1)),
)
delete description.servers
const target = new URL('../lib/openapi.d.ts', import.meta.url)
await writeFile(
  target,
  `// Made by "npm run api" from the servers' OpenAPI descriptions; do not edit.\n${astToString(
    await openapiTS(description),
  )}`,
)
