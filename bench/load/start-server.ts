import { fork } from 'node:child_process'
import { once } from 'node:events'
import { openSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { builtServer } from './built-server.ts'
import type { Place } from './place.ts'
import type { State, Usage } from './server.ts'

/** A server in a process of its own. */
export interface Server {
  readonly url: string
  readonly pid: number
  usage(): Promise<Usage>
  state(): Promise<State>
  /** Whether all that was bought is delivered; floors are not waited for. */
  hasDelivered(): Promise<boolean>
  /** Asked to end, a process that is profiled writes what it saw. */
  end(): Promise<void>
}

/** The bounds on memory that `bursar serve` gives itself on two processors; a server of the bench is no such command. */
export const BOUNDS: readonly string[] = [
  '--max-semi-space-size=4',
  '--concurrent-marking-max-worker-num=2',
  '--heap-growing-percent=30',
]

/** How a server is started. */
export interface ServerOptions {
  /** Where its log goes. */
  readonly folder: string
  /** Whether it serves what is not built. @default false */
  readonly sources?: boolean
  /** Bursar, or one of the floors. @default Bursar */
  readonly kind?:
    | 'bursar'
    | 'floor'
    | 'floor-alone'
    | 'floor-purchase'
    | 'floor-purchase-alone'
    | 'floor-purchase-calls'
  /** Where the processor and the learning platform are served. @default by the server itself, in memory */
  readonly peers?: string
  /** Node's own options. @default as `bursar serve` has them */
  readonly node?: readonly string[]
}

/** Starts a server of a shop that is filled. */
export async function startServer(place: Place, options: ServerOptions): Promise<Server> {
  const { folder, sources = false, kind = 'bursar', peers = '', node = BOUNDS } = options
  const execArgv = [...(sources ? ['--conditions=source'] : []), '--disable-warning=ExperimentalWarning', ...node]
  const log = openSync(join(folder, `${kind}.log`), 'a')
  const program = sources ? fileURLToPath(new URL('server.ts', import.meta.url)) : await builtServer()
  const child = fork(program, {
    execArgv,
    env: {
      MALLOC_ARENA_MAX: '2',
      MALLOC_MMAP_THRESHOLD_: '32768',
      ...process.env,
      PLACE: place,
      KIND: kind,
      PEERS: peers,
    },
    stdio: ['ignore', log, 'inherit', 'ipc'],
  })
  const ended = once(child, 'exit').then(() =>
    Promise.reject(new Error(`The server ended before it listened (${kind}).`)),
  )
  const [url] = await Promise.race([once(child, 'message'), ended])
  ended.catch(() => {}) // later it may
  const ask = async <T>(question: string): Promise<T> => {
    child.send(question)
    const [answer] = await once(child, 'message')
    return answer as T // what server.ts sends
  }
  return {
    url: String(url),
    pid: child.pid ?? 0,
    usage: () => ask<Usage>('usage'),
    state: () => ask<State>('state'),
    hasDelivered: () => ask<boolean>('hasDelivered'),
    async end() {
      child.disconnect()
      await once(child, 'exit')
    },
  }
}
