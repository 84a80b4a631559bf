// Compares the client's types, as built, with the last release's and fails on a break without a `major` changeset.
import { join } from 'node:path'
import { clientTypeBreaks } from './client-type-breaks.ts'
import { hasMajorChangeset } from './major-changeset.ts'

const root = join(import.meta.dirname, '..', '..')
const released = join(root, 'api', 'last-release')
const built = join(root, 'packages', 'core', 'dist')

const breaks = [
  { file: 'client.d.ts', name: 'CommerceClient' },
  { file: 'admin-client.d.ts', name: 'AdminClient' },
].flatMap(({ file, name }) => clientTypeBreaks({ file: join(released, file), name }, { file: join(built, file), name }))

for (const sentence of breaks) console.log(sentence)
if (breaks.length === 0) console.log('No break since the last release.')
else if (hasMajorChangeset(join(root, '.changeset'))) console.log('A major changeset announces the breaks above.')
else {
  console.error(`${breaks.length} breaks since the last release: take them back, or add a \`major\` changeset.`)
  process.exitCode = 1
}
