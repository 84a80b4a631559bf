// Compares the client's types, as built, with the last release's and fails on a break that no changeset announces.
import { join } from 'node:path'
import { clientTypeBreaks } from './client-type-breaks.ts'
import { concludeBreaks } from './judge-breaks.ts'

const root = join(import.meta.dirname, '..', '..')
const released = join(root, 'api', 'last-release')
const built = join(root, 'packages', 'core', 'dist')

const breaks = [
  { file: 'client.d.ts', name: 'CommerceClient' },
  { file: 'admin-client.d.ts', name: 'AdminClient' },
].flatMap(({ file, name }) => clientTypeBreaks({ file: join(released, file), name }, { file: join(built, file), name }))
concludeBreaks(breaks, { root })
