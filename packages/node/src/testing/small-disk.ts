import { execFileSync } from 'node:child_process'
import { chownSync, mkdirSync, mkdtempSync, rmSync, statfsSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { askPostgres } from './ask-postgres.ts'
import { type OwnPostgresServer, startOwnPostgres } from './postgres-server.ts'

/** A database of PostgreSQL on a disk of its own, which is so small that a test can fill it. */
export interface SmallDisk {
  readonly url: string
  /** Takes all room but so many bytes. */
  fill(left: number): void
  /** Gives the room back. */
  makeRoom(): void
  /** Ends the server and removes the disk. */
  end(): Promise<void>
}

/** May this process mount a disk in memory? As a rule, only root may. */
export function maySmallDisk(): boolean {
  const folder = mkdtempSync(join(tmpdir(), 'bursar-mount-'))
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', folder], { stdio: 'ignore' })
    execFileSync('umount', [folder])
    return true
  } catch {
    return false
  } finally {
    rmSync(folder, { recursive: true })
  }
}

/** Starts a server whose log is where there is room, and makes a database on a small disk. */
export async function smallDisk(megabytes: number): Promise<SmallDisk> {
  const folder = mkdtempSync(join(tmpdir(), 'bursar-disk-'))
  execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m`, 'tmpfs', folder])
  const server = await startOwnPostgres()
  const ballast = join(folder, 'ballast')
  return {
    url: await databaseOn(server, folder),
    fill(left) {
      const { bavail, bsize } = statfsSync(folder)
      writeFileSync(ballast, Buffer.alloc(Math.max(0, bavail * bsize - left)))
    },
    makeRoom: () => rmSync(ballast),
    async end() {
      await server.stop()
      execFileSync('umount', [folder])
      rmSync(folder, { recursive: true })
    },
  }
}

async function databaseOn({ url, data }: OwnPostgresServer, folder: string): Promise<string> {
  const space = join(folder, 'space')
  mkdirSync(space)
  // The server runs as another user than root.
  const { uid, gid } = statSync(data)
  chownSync(space, uid, gid)
  await askPostgres(url, `create tablespace small location '${space}'`)
  await askPostgres(url, 'create database shop tablespace small')
  const own = new URL(url)
  own.pathname = '/shop'
  return String(own)
}
