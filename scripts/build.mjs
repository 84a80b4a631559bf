// Builds every package, each after those that it imports.
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { root, toolEnvironment } from './run/workspace.mjs'

for (const name of ['core', 'node', 'react']) {
  const { status } = spawnSync('tsup', {
    cwd: join(root, 'packages', name),
    env: toolEnvironment(),
    stdio: 'inherit',
    shell: process.platform === 'win32',
  })
  if (status !== 0) process.exit(1)
}
