import { execFile } from 'node:child_process'
import { appendFile, chmod, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { Client } from 'pg'
import { askPostgres } from './ask-postgres.ts'
import { type OwnPostgresServer, startOwnPostgres, startPostgresOn } from './postgres-server.ts'

/** A primary, and a replica that follows it by streaming replication. */
export interface ReplicatedPostgres {
  readonly primary: OwnPostgresServer
  readonly replica: OwnPostgresServer
  /** Waits until the replica shows all that the primary has written. */
  catchUp(): Promise<void>
  /** From now on the replica shows what it shows now. */
  pause(): Promise<void>
  /** It follows again. */
  resume(): Promise<void>
  stop(): Promise<void>
}

/** Starts both. */
export async function startReplicatedPostgres(): Promise<ReplicatedPostgres> {
  const primary = await startOwnPostgres()
  const replica = await startPostgresOn((data) => copyOf(primary, data))
  return {
    primary,
    replica,
    async catchUp() {
      const [written] = await askPostgres(primary.url, 'select pg_current_wal_lsn()::text as at')
      for (let tries = 0; tries < 400; tries += 1) {
        const shown = `select pg_last_wal_replay_lsn() >= '${written?.at}'::pg_lsn as is_there`
        if ((await askPostgres(replica.url, shown))[0]?.is_there === true) return
        await new Promise((resolve) => setTimeout(resolve, 25))
      }
      throw new Error('The replica does not follow.')
    },
    pause: () => askPostgres(replica.url, 'select pg_wal_replay_pause()').then(() => {}),
    resume: () => askPostgres(replica.url, 'select pg_wal_replay_resume()').then(() => {}),
    async stop() {
      await replica.stop()
      await primary.stop()
    },
  }
}

/**
 * The data of a server that runs, as those of its replica; `pg_basebackup` is not among the programs that npm has.
 * @see https://www.postgresql.org/docs/current/continuous-archiving.html#BACKUP-LOWLEVEL-BASE-BACKUP
 */
async function copyOf({ url, data: from }: OwnPostgresServer, to: string): Promise<void> {
  const client = new Client({ connectionString: url })
  await client.connect()
  try {
    await client.query("select pg_backup_start('replica', true)")
    await promisify(execFile)('cp', ['-a', from, to])
    const { rows } = await client.query<{ labelfile: string }>('select labelfile from pg_backup_stop(false)')
    await rm(join(to, 'postmaster.pid'), { force: true })
    await writable(join(to, 'backup_label'), rows[0]?.labelfile ?? '')
    await writable(join(to, 'standby.signal'), '')
    await appendFile(join(to, 'postgresql.auto.conf'), `primary_conninfo = '${url}'\n`)
  } finally {
    await client.end()
  }
}

/** The server may run as another user. */
async function writable(file: string, text: string): Promise<void> {
  await writeFile(file, text)
  await chmod(file, 0o666)
}
