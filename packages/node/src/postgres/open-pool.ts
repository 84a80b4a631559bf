import { Socket } from 'node:net'
import type { Client, ClientConfig, Pool } from 'pg'
import { readAddress } from './read-address.ts'

/** Connections to a server. */
export interface PoolOptions {
  readonly url: string
  /** Names the process at the server. @default 'bursar' */
  readonly schema?: string | undefined
  /** @default 10 */
  readonly maxConnections?: number | undefined
  /** Of a connection and of a query, in milliseconds. @default 10000 */
  readonly timeoutMs?: number | undefined
  /** May the process end while connections wait? @default false */
  readonly allowExitOnIdle?: boolean | undefined
  /** Does who asks keep to the time limit of a query? @default false: the connection does, with a timer for each */
  readonly hasOwnTimeLimit?: boolean | undefined
  /** Is nothing written by these connections? @default false */
  readonly isReadOnly?: boolean | undefined
  /** Holds the sockets of its connections, for who must end them though the server does not answer. */
  readonly sockets?: Set<Socket> | undefined
}

const TIMEOUT_MS = 10_000

/** Makes a pool; connects at the first use. @throws Error that names the package to install */
export async function openPool(options: PoolOptions): Promise<Pool> {
  const { maxConnections = 10, allowExitOnIdle = false } = options
  const { Pool } = await loadDriver()
  const pool = new Pool({ ...settings(options), max: maxConnections, allowExitOnIdle })
  // A connection that breaks is replaced at the next use, whether the pool or a call held it: what was under way is told
  // by its own answer, and an event that nobody hears would end the process.
  pool.on('error', () => {})
  pool.on('connect', (client) => client.on('error', () => {}))
  return pool
}

/** Opens one connection beside the pool, for who must keep it. */
export async function openClient(options: PoolOptions): Promise<Client> {
  const { Client } = await loadDriver()
  const client = new Client(settings(options))
  client.on('error', () => {}) // it ends then, and that is heard
  await client.connect()
  return client
}

/** What is not answered within so many milliseconds is lost. A replica that is slow tells so itself; only one that says nothing is taken for dead. */
export function answersWithin({ url, timeoutMs = TIMEOUT_MS, isReadOnly = false }: PoolOptions): number {
  return readAddress(url).queryTimeoutMs ?? (isReadOnly ? 2 * timeoutMs : timeoutMs)
}

function settings(connection: PoolOptions): ClientConfig {
  const {
    url,
    schema = 'bursar',
    timeoutMs = TIMEOUT_MS,
    isReadOnly = false,
    hasOwnTimeLimit = false,
    sockets,
  } = connection
  const { address, options } = readAddress(url)
  return {
    connectionString: address,
    connectionTimeoutMillis: timeoutMs,
    query_timeout: hasOwnTimeLimit ? 0 : answersWithin(connection),
    // A plan made once for any value: planning `any($n)` anew costs a fifth of a cart command. And for any size: of a table that
    // is small when it is made, or has been, all pages would be read, and again when there are many. Where no index serves, versions before
    // 18 reckon such a read so dear that they would compile each of them first.
    options: [
      '-c plan_cache_mode=force_generic_plan -c enable_seqscan=off -c jit=off',
      `-c statement_timeout=${timeoutMs}`,
      // Between two trips of a transaction lie milliseconds: who is silent for longer has gone, and others wait for its locks.
      `-c idle_in_transaction_session_timeout=${Math.ceil(timeoutMs / 2)}`,
      ...(isReadOnly ? ['-c default_transaction_read_only=on'] : []),
      ...options, // last, for what an operator sets counts
    ].join(' '),
    application_name: `bursar ${schema}`,
    keepAlive: true,
    ...(sockets === undefined ? {} : { stream: () => kept(sockets) }),
  }
}

function kept(sockets: Set<Socket>): Socket {
  const socket = new Socket()
  sockets.add(socket)
  return socket.once('close', () => sockets.delete(socket))
}

async function loadDriver(): Promise<{ Pool: typeof Pool; Client: typeof Client }> {
  try {
    return await import('pg')
  } catch (cause) {
    throw new Error('PostgreSQL needs the package "pg": install it beside @bursar/node.', { cause })
  }
}
