// Compares docs/openapi.json with the last release's and fails on a break that no `major` changeset announces.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { findBreaks, type OpenApiDocument } from './find-breaks.ts'
import { hasMajorChangeset } from './major-changeset.ts'

const root = join(import.meta.dirname, '..', '..')
const read = (path: string): OpenApiDocument => JSON.parse(readFileSync(join(root, path), 'utf8'))

const breaks = findBreaks(read('api/last-release/openapi.json'), read('docs/openapi.json'))
for (const { path, what } of breaks) console.log(`${path}: ${what}`)
if (breaks.length === 0) console.log('No break since the last release.')
else if (hasMajorChangeset(join(root, '.changeset'))) console.log('A major changeset announces the breaks above.')
else {
  console.error(`${breaks.length} breaks since the last release: take them back, or add a \`major\` changeset.`)
  process.exitCode = 1
}
