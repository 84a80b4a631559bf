// A browser that imports the client must not load zod: 0 bytes of it, by the bundler's own account. And a file that holds one
// character beyond Latin-1 takes two bytes for each of all of them, in the memory of whoever runs it.
import { readdirSync, readFileSync } from 'node:fs'
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
  '@bursar/react, on a server': ["export * from './dist/server.js'; export * from './dist/query-options.js'", 'react'],
}

for (const [name, [program, packageName]] of Object.entries(programs)) {
  const { bytes, files } = await zodBytes(program, folder(packageName))
  console.log(`${name}: ${bytes} bytes of zod`)
  if (bytes > 0) {
    console.error(files.slice(0, 5).join('\n'))
    process.exitCode = 1
  }
}

for (const packageName of ['core', 'node', 'react']) {
  const dist = join(folder(packageName), 'dist')
  const wide = readdirSync(dist).filter(
    (file) => file.endsWith('.js') && /[\u0100-\uffff]/.test(readFileSync(join(dist, file), 'utf8')),
  )
  console.log(`${packageName}: ${wide.length} files with characters beyond Latin-1`)
  if (wide.length === 0) continue
  console.error(`${wide.join(', ')}: write such a character of a regular expression or comment as \\u and its number`)
  process.exitCode = 1
}
