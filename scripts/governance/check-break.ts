// Compares docs/openapi.json with the last release's and fails on a break that no changeset announces.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { findBreaks, type OpenApiDocument } from './find-breaks.ts'
import { concludeBreaks } from './judge-breaks.ts'

const root = join(import.meta.dirname, '..', '..')
const read = (path: string): OpenApiDocument => JSON.parse(readFileSync(join(root, path), 'utf8'))

const breaks = findBreaks(read('api/last-release/openapi.json'), read('docs/openapi.json'))
concludeBreaks(
  breaks.map(({ path, what }) => `${path}: ${what}`),
  { root },
)
