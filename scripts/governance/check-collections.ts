// Fails where a storage of the last release could not be migrated to what the collections declare now. No changeset excuses it.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { collectionBreaks, declaredCollections } from './collection-breaks.ts'

const file = join(import.meta.dirname, '..', '..', 'api', 'last-release', 'collections.json')
const breaks = collectionBreaks(JSON.parse(readFileSync(file, 'utf8')), declaredCollections())
for (const sentence of breaks) console.error(sentence)
if (breaks.length === 0) console.log('A storage of the last release can be migrated.')
else process.exitCode = 1
