// A browser that imports the client must not load zod: 0 bytes of it, by the bundler's own account.
import { join } from 'node:path'
import { zodBytes } from './zod-bytes.ts'

const core = join(import.meta.dirname, '..', '..', 'packages', 'core')

// Everything that an entry exports, and one name of the main entry, whose chunks must not drag the schemas along.
const programs = {
  '@bursar/core/client': "export * from './dist/client.js'",
  '@bursar/core/admin-client': "export * from './dist/admin-client.js'",
  'isBursarError of @bursar/core': "export { isBursarError } from './dist/index.js'",
}

for (const [name, program] of Object.entries(programs)) {
  const { bytes, files } = await zodBytes(program, core)
  console.log(`${name}: ${bytes} bytes of zod`)
  if (bytes > 0) {
    console.error(files.slice(0, 5).join('\n'))
    process.exitCode = 1
  }
}
