// A browser that imports the client must not load zod: 0 bytes of it, by the bundler's own account.
import { join } from 'node:path'
import { zodBytes } from './zod-bytes.ts'

const folder = (name: string): string => join(import.meta.dirname, '..', '..', 'packages', name)

// Everything that an entry exports, and one name of the main entry, whose chunks must not drag the schemas along.
const programs: Record<string, [program: string, packageName: string]> = {
  '@bursar/core/client': ["export * from './dist/client.js'", 'core'],
  '@bursar/core/admin-client': ["export * from './dist/admin-client.js'", 'core'],
  '@bursar/core/estimate': ["export * from './dist/estimate.js'", 'core'],
  'isBursarError of @bursar/core': ["export { isBursarError } from './dist/index.js'", 'core'],
  '@bursar/react, all hooks': ["export * from './dist/index.js'; export * from './dist/query.js'", 'react'],
}

for (const [name, [program, packageName]] of Object.entries(programs)) {
  const { bytes, files } = await zodBytes(program, folder(packageName))
  console.log(`${name}: ${bytes} bytes of zod`)
  if (bytes > 0) {
    console.error(files.slice(0, 5).join('\n'))
    process.exitCode = 1
  }
}
