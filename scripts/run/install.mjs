import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { ownNode, root } from './workspace.mjs'

const stampFile = join(root, 'node_modules', '.bursar-installed')
const attempts = 3

/** Installs what this clone needs, unless it is there already. Says so by `say`; throws when it cannot. */
export const ensureInstalled = (say) => {
  const stamp = stampOfManifests()
  if (existsSync(ownNode) && existsSync(stampFile) && readFileSync(stampFile, 'utf8') === stamp) {
    say('Installed already.')
    return
  }
  say('Installing what is needed (once; about half a minute) ...')
  const started = Date.now()
  for (let attempt = 1; attempt <= attempts; attempt++) {
    const result = install()
    if (result.status === 0 && existsSync(ownNode)) {
      writeFileSync(stampFile, stamp)
      say(`Installed in ${Math.round((Date.now() - started) / 1000)} s.`)
      return
    }
    const isHopeless = result.output.includes('ERR_PNPM_OUTDATED_LOCKFILE')
    if (isHopeless || attempt === attempts) throw new Error(`The installation failed.\n${result.output}`)
    // Two clones that install at the same time share npm's cache, and one of them may find it half written.
    say(`The installation did not succeed; trying again (${attempt + 1} of ${attempts}) ...`)
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1000 * attempt)
  }
}

const install = () => {
  const { status, stdout, stderr, error } = spawnSync('npx', ['-y', 'pnpm@12', 'install', '--frozen-lockfile'], {
    cwd: root,
    encoding: 'utf8',
    shell: process.platform === 'win32',
    env: { ...process.env, CI: 'true' },
    maxBuffer: 64 * 1024 * 1024,
  })
  return { status, output: `${stdout ?? ''}${stderr ?? ''}${error ?? ''}`.split('\n').slice(-40).join('\n') }
}

/** A hash of the lock file and of every manifest: when one changes, the clone is installed again. */
const stampOfManifests = () => {
  const hash = createHash('sha256')
  const members = ['packages', 'packages/react', 'examples'].flatMap((group) =>
    existsSync(join(root, group)) ? readdirSync(join(root, group)).map((name) => join(group, name)) : [],
  )
  for (const folder of ['.', 'bench', ...members.sort()]) {
    const manifest = join(root, folder, 'package.json')
    if (existsSync(manifest)) hash.update(folder).update(readFileSync(manifest))
  }
  for (const file of ['pnpm-lock.yaml', 'pnpm-workspace.yaml']) hash.update(readFileSync(join(root, file)))
  return hash.digest('hex')
}
