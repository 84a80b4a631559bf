// The tests that run while mutants do, in one file, so that what they import is loaded once for each mutant. Properties,
// which take longest, come last: most mutants are dead before.
import { globSync } from 'node:fs'
import { join } from 'node:path'

const core = join(import.meta.dirname, '..')
const named = (process.env.BURSAR_TESTS ?? 'src/money').split(',')
const isProperty = (file: string) => Number(file.includes('.property.'))
const files = globSync(
  named.map((name) => (name.endsWith('.test.ts') ? name : `${name}/**/*.test.ts`)),
  { cwd: core },
).sort((left, right) => isProperty(left) - isProperty(right) || (left < right ? -1 : 1))

for (const file of files) await import(join(core, file))
