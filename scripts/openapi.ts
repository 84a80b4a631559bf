// Writes docs/openapi.json from the contract; with `--check` only says whether it is up to date.
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'

const root = join(import.meta.dirname, '..')
const file = join(root, 'docs', 'openapi.json')
const contract = join(root, 'packages', 'core', 'src', 'contract', 'openapi.ts')

// Its schemas are no export of the package: only the handler serves the document, and this script keeps a copy of it.
const { createOpenApiDocument }: { createOpenApiDocument: () => object } = await import(pathToFileURL(contract).href)
const text = `${JSON.stringify(createOpenApiDocument(), null, 2)}\n`

if (!process.argv.includes('--check')) {
  writeFileSync(file, text)
  console.log('docs/openapi.json is written.')
} else if (readFileSync(file, 'utf8') === text) {
  console.log('docs/openapi.json is up to date.')
} else {
  console.error('docs/openapi.json is not what the contract says: run `npx pnpm openapi`.')
  process.exitCode = 1
}
