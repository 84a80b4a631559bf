// Packs every package as it will be published, checks the archives, installs them into an empty project and imports
// every entry there: what works in the workspace may still lack a file, a type or a dependency outside it. There a course is
// sold too, by this Node and by the oldest that is promised.
import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { shopFiles } from './shop-files.ts'

interface Manifest {
  name: string
  version: string
  bin?: Record<string, string>
  engines?: { node?: string }
  exports: Record<string, string | Record<string, string>>
}

const root = join(import.meta.dirname, '..', '..')
const names = ['core', 'node', 'react']
const complaints: string[] = []
const npmInstall = ['install', '--prefer-offline', '--no-audit', '--no-fund', '--ignore-scripts']

const main = (): void => {
  const folder = mkdtempSync(join(tmpdir(), 'bursar-packed-'))
  try {
    const archives = names.map((name) => pack(name, folder))
    for (const archive of archives) checkArchive(archive)
    const manifests = install(archives, join(folder, 'project'))
    for (const manifest of manifests) checkManifest(manifest)
    importEverything(manifests, join(folder, 'project'))
    const entries = manifests.flatMap(entriesOf)
    compileEntries('all entries', entries, join(folder, 'project'))
    rmSync(join(folder, 'project', 'node_modules', '@tanstack'), { recursive: true })
    const plain = entries.filter((entry) => !entry.startsWith('@bursar/react/query'))
    compileEntries('all entries that need no TanStack Query', plain, join(folder, 'project'))
    runCommands(manifests, join(folder, 'project'))
    tryTo('a shop by this Node', () => runShop(process.execPath, join(folder, 'project')))
    tryTo('a shop by the oldest Node', () => runShop(oldestNode(manifests, folder), join(folder, 'project')))
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
  if (complaints.length > 0) {
    console.error(complaints.join('\n'))
    process.exit(1)
  }
  console.log(`${names.length} packages are complete.`)
}

const pack = (name: string, folder: string): string => {
  const archive = join(folder, `${name}.tgz`)
  run('npx', ['-y', 'pnpm@12', 'pack', '--out', archive], join(root, 'packages', name))
  return archive
}

const checkArchive = (archive: string): void => {
  tryTo(`publint ${archive}`, () => run('publint', ['run', '--strict', archive], root))
  tryTo(`attw ${archive}`, () => run('attw', [archive, '--profile', 'esm-only', '--no-emoji', '--no-color'], root))
}

const install = (archives: string[], project: string): Manifest[] => {
  mkdirSync(project)
  const dependencies = {
    ...Object.fromEntries(names.map((name, at) => [`@bursar/${name}`, `file:${archives[at]}`])),
    ...peersToInstall(),
  }
  writeFileSync(
    join(project, 'package.json'),
    JSON.stringify({ name: 'empty', private: true, type: 'module', dependencies }),
  )
  run('npm', npmInstall, project)
  return names.map((name) =>
    JSON.parse(readFileSync(join(project, 'node_modules', '@bursar', name, 'package.json'), 'utf8')),
  )
}

/** What a host of the hooks has anyway, as the package itself is tested with it: an optional peer is not installed by npm. */
const peersToInstall = (): Record<string, string> => {
  const { devDependencies } = JSON.parse(readFileSync(join(root, 'packages', 'react', 'package.json'), 'utf8'))
  return Object.fromEntries(
    ['react', '@types/react', '@tanstack/react-query'].map((name) => [name, devDependencies[name]]),
  )
}

const checkManifest = ({ name, exports }: Manifest): void => {
  for (const [entry, target] of Object.entries(exports)) {
    if (typeof target === 'string') continue
    const conditions = Object.keys(target).join(', ')
    if (conditions !== 'types, default')
      complaints.push(`${name} ${entry} is published with the conditions ${conditions}`)
  }
}

const entriesOf = ({ name, exports }: Manifest): string[] =>
  Object.keys(exports)
    .filter((entry) => !entry.endsWith('.json'))
    .map((entry) => name + entry.slice(1))

const importEverything = (manifests: Manifest[], project: string): void => {
  for (const entry of manifests.flatMap(entriesOf)) {
    const code = `const entry = await import('${entry}'); if (Object.keys(entry).length === 0) throw new Error('${entry} exports nothing')`
    tryTo(`import of ${entry}`, () => run(process.execPath, ['--input-type=module', '--eval', code], project))
  }
}

const compileEntries = (what: string, entries: string[], project: string): void => {
  const lines = entries.map((entry, at) => `import * as entry${at} from '${entry}'\nvoid entry${at}`)
  writeFileSync(join(project, 'all.ts'), `${lines.join('\n')}\n`)
  const options = [
    '--ignoreConfig',
    '--noEmit',
    '--strict',
    '--target',
    'es2022',
    '--module',
    'nodenext',
    '--skipLibCheck',
    'false',
  ]
  const types = ['--types', 'node', '--typeRoots', join(root, 'node_modules', '@types'), '--lib', 'es2024,dom']
  for (const compiler of ['typescript', 'typescript-native']) {
    const tsc = join(root, 'node_modules', compiler, 'bin', 'tsc')
    const parts = [tsc, ...options, ...types, 'all.ts']
    tryTo(`types of ${what} in an empty project, by ${compiler}`, () => run(process.execPath, parts, project))
  }
}

const runCommands = (manifests: Manifest[], project: string): void => {
  for (const command of manifests.flatMap(({ bin }) => Object.keys(bin ?? {}))) {
    tryTo(`${command} --help`, () => run(join(project, 'node_modules', '.bin', command), ['--help'], project))
  }
}

/** The first Node that the server kit promises, as npm has it for this machine. */
const oldestNode = (manifests: Manifest[], folder: string): string => {
  const [version] = manifests.flatMap(({ engines }) => /^>=(\d+[.]\d+)$/.exec(engines?.node ?? '')?.[1] ?? [])
  if (version === undefined) throw new Error('No package says its oldest Node as its engines.node, such as ">=22.13".')
  const isWindows = process.platform === 'win32'
  const name = `node-${isWindows ? 'win' : process.platform}-${process.arch}`
  const home = join(folder, 'oldest-node')
  mkdirSync(home)
  writeFileSync(join(home, 'package.json'), JSON.stringify({ private: true, dependencies: { [name]: `${version}.0` } }))
  run('npm', npmInstall, home)
  return join(home, 'node_modules', name, 'bin', isWindows ? 'node.exe' : 'node')
}

/** One course of one seat is sold, paid and delivered; then the command imports another and finds nothing wrong. */
const runShop = (node: string, project: string): void => {
  const version = run(node, ['--version'], project).trim()
  const shop = join(project, `shop-${version}`)
  mkdirSync(shop)
  for (const [name, text] of Object.entries(shopFiles)) writeFileSync(join(shop, name), text)
  const command = join(project, 'node_modules', '@bursar', 'node', 'dist', 'cli.js')
  expectLine(run(node, ['purchase.mjs'], shop), 'placed paid delivered not_sellable 0')
  expectLine(run(node, [command, 'import', 'courses.csv'], shop), '1 product made, 0 changed, 0 as they were.')
  run(node, [command, 'doctor'], shop)
}

const expectLine = (said: string, line: string): void => {
  if (!said.includes(line)) throw new Error(`It did not say "${line}" but:\n${said}`)
}

const tryTo = (what: string, act: () => void): void => {
  try {
    act()
  } catch (error) {
    complaints.push(`${what}\n${error instanceof Error ? error.message : String(error)}`)
  }
}

const run = (command: string, parts: string[], cwd: string): string => {
  try {
    return execFileSync(command, parts, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] })
  } catch (error) {
    // execFileSync rejects with the process's output on the error object.
    const { stdout, stderr } = error as { stdout?: string; stderr?: string }
    throw new Error(`${stdout ?? ''}${stderr ?? ''}${error instanceof Error ? error.message : ''}`)
  }
}

main()
