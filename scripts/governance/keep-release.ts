// Keeps what is released now as what later changes are compared with. Run it as part of a release, and only then.
import { execFileSync } from 'node:child_process'
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { declaredCollections } from './collection-breaks.ts'

const root = join(import.meta.dirname, '..', '..')
const released = join(root, 'api', 'last-release')

const main = (): void => {
  mkdirSync(released, { recursive: true })
  copyFileSync(join(root, 'docs', 'openapi.json'), join(released, 'openapi.json'))
  writeFileSync(join(released, 'collections.json'), `${JSON.stringify(declaredCollections(), null, 2)}\n`)
  // One entry a run, so that each declaration file is whole and leans on no other.
  keepTypes('src/client/index.ts', 'client')
  keepTypes('src/client/admin.ts', 'admin-client')
}

const keepTypes = (entry: string, name: string): void => {
  const folder = mkdtempSync(join(tmpdir(), 'bursar-release-'))
  const options = ['--no-config', '--dts-only', '--format', 'esm', '--out-dir', folder]
  execFileSync('tsup', [`--entry.${name}`, entry, ...options], {
    cwd: join(root, 'packages', 'core'),
    stdio: 'inherit',
  })
  copyFileSync(join(folder, `${name}.d.ts`), join(released, `${name}.d.ts`))
  rmSync(folder, { recursive: true, force: true })
}

main()
