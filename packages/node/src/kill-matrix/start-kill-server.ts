import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { environmentOf, type KillPlace } from './kill-shop.ts'

/** A server of a shop, in a process of its own. */
export interface KillServer {
  readonly child: ChildProcess
  readonly url: string
}

/** Starts a server at a free port. @throws Error with what it wrote when it does not start */
export async function startKillServer(place: KillPlace, env: NodeJS.ProcessEnv = {}): Promise<KillServer> {
  const program = fileURLToPath(new URL('kill-server.ts', import.meta.url))
  const child = fork(program, {
    execArgv: ['--conditions=source', '--disable-warning=ExperimentalWarning'],
    env: { ...process.env, ...env, ...environmentOf(place) },
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  })
  let complaints = ''
  child.stderr?.on('data', (chunk) => {
    complaints += chunk
  })
  const [url] = await Promise.race([
    once(child, 'message'),
    once(child, 'exit').then(() => {
      throw new Error(`The server did not start: ${complaints}`)
    }),
  ])
  return { child, url: String(url) }
}
