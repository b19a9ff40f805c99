// Writes src/lib/openapi.d.ts from a running server's description:
//   npm run api -- http://127.0.0.1:8080/openapi.json
import { writeFile } from 'node:fs/promises'
import openapiTS, { astToString } from 'openapi-typescript'

const source = process.argv[2] ?? 'http://127.0.0.1:8080/openapi.json'
const answer = await fetch(source)
if (!answer.ok) throw new Error(`${source}: ${answer.status}`)
const description = await answer.json()
delete description.servers
const target = new URL('../src/lib/openapi.d.ts', import.meta.url)
await writeFile(target, `// Made by "npm run api" from the server's OpenAPI description; do not edit.\n${astToString(await openapiTS(description))}`)
