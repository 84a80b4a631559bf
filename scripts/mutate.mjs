// `npm run mutate [-- folder ...] [--since REF]`: breaks the pure code of core in small ways, one at a time, and counts
// what the tests notice. Folders of packages/core/src; by default money, tax, promotion and pricing. With `--since` only
// files changed since that commit are broken.
import { execFileSync, spawnSync } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { ensureInstalled } from './run/install.mjs'
import { root, toolEnvironment } from './run/workspace.mjs'

const FOLDERS = ['money', 'tax', 'promotion', 'pricing']
/** What holds no rule: tests, schemas, declarations of collections, lists of names. */
const LEFT_OUT = /[.](test|test-d|schema|collection|bench)[.]ts$|[/](index|sample-inputs)[.]ts$/
const core = join(root, 'packages', 'core')

const given = process.argv.slice(2)
const at = given.indexOf('--since')
const since = at < 0 ? null : (given[at + 1] ?? 'main')
const named = at < 0 ? given : given.slice(0, at)
const folders = named.length > 0 ? named : FOLDERS

const isChanged = (() => {
  if (since === null) return () => true
  const said = execFileSync('git', ['diff', '--name-only', `${since}...HEAD`], { cwd: root, encoding: 'utf8' })
  const changed = new Set(said.split('\n'))
  return (file) => changed.has(`packages/core/${file}`)
})()

ensureInstalled(console.log)
let worst = 0
for (const folder of folders) {
  const files = readdirSync(join(core, 'src', folder), { recursive: true })
    .map((file) => `src/${folder}/${file}`)
    .filter((file) => file.endsWith('.ts') && !LEFT_OUT.test(file))
  const mutated = files.filter(isChanged)
  if (mutated.length === 0) {
    console.log(`${folder}: no file changed since ${since}, so none is broken.`)
    continue
  }
  const tests = { tax: 'src/tax,src/pricing', promotion: 'src/promotion,src/pricing' }[folder] ?? `src/${folder}`
  const environment = { ...toolEnvironment(), BURSAR_TESTS: tests }
  const { status } = spawnSync(join(core, 'node_modules', '.bin', 'stryker'), ['run', '--mutate', mutated.join(',')], {
    cwd: core,
    env: environment,
    stdio: 'inherit',
  })
  worst = Math.max(worst, status ?? 1)
}
process.exitCode = worst
