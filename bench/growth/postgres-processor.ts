import { readdirSync, readFileSync } from 'node:fs'
import pg from 'pg'

/**
 * Microseconds of processor that a PostgreSQL server on this machine has used, all its processes together, those that have
 * ended included. Linux only: elsewhere, and for a server elsewhere, not a number.
 */
export async function postgresProcessor(url: string): Promise<() => number> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  const { rows } = await client.query('select pg_backend_pid() as pid')
  const backend = statOf(rows[0].pid)
  await client.end()
  return () => {
    if (backend === null) return Number.NaN
    const own = processes().filter(({ pid, parent }) => parent === backend.parent || pid === backend.parent)
    const ended = own.find(({ pid }) => pid === backend.parent)?.ended ?? 0
    return own.reduce((all, { used }) => all + used, ended)
  }
}

interface Stat {
  readonly pid: number
  readonly parent: number
  /** Microseconds of its own, and of its children that have ended. */
  readonly used: number
  readonly ended: number
}

/** The kernel counts in hundredths of a second. */
const TICK = 10_000

function statOf(pid: number): Stat | null {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8')
    // Behind the name, which may hold anything: state, parent, …; the 14th to 17th fields are the times.
    const fields = text
      .slice(text.lastIndexOf(')') + 2)
      .split(' ')
      .map(Number)
    const [user = 0, system = 0, endedUser = 0, endedSystem = 0] = fields.slice(11, 15)
    return { pid, parent: fields[1] ?? 0, used: (user + system) * TICK, ended: (endedUser + endedSystem) * TICK }
  } catch {
    return null // it has ended, or this is another system
  }
}

function processes(): Stat[] {
  return readdirSync('/proc').flatMap((name) => (/^\d+$/.test(name) ? (statOf(Number(name)) ?? []) : []))
}
