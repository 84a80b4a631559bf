// `npm run bursar -- <command>`: the command line of Bursar, from the sources of this clone.
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { ensureInstalled } from './run/install.mjs'
import { ownNode, root, toolEnvironment } from './run/workspace.mjs'

ensureInstalled((line) => {
  if (line !== 'Installed already.') console.error(line)
})
const cli = join(root, 'packages', 'node', 'src', 'cli.ts')
const options = ['--conditions=source', '--disable-warning=ExperimentalWarning']
const child = spawn(ownNode, [...options, cli, ...process.argv.slice(2)], {
  cwd: process.env.INIT_CWD ?? process.cwd(),
  env: toolEnvironment(),
  stdio: 'inherit',
})
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
child.on('exit', (code, signal) => process.exit(code ?? (signal === 'SIGINT' ? 130 : 1)))
