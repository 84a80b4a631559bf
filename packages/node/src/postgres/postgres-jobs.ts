import {
  checkLimit,
  decodeCursor,
  type JobQueue,
  type LeasedJob,
  type LeaseRequest,
} from '@bursar/core/storage-adapter'
import type { JobListeners } from '../jobs/job-listeners.ts'
import { depths, type JobRow, jobPage, jobRecord, leasedJob, queueDepth } from '../jobs/job-row.ts'
import type { Rows } from './database.ts'
import { brokenConstraint } from './postgres-error.ts'
import type { Parameter, Statement, TextRow } from './statement.ts'
import { qualified } from './table.ts'

/** What the queue of a PostgreSQL storage stands on. */
export interface PostgresJobsOptions {
  readonly schema: string
  readonly run: (statements: readonly Statement[]) => Promise<Rows>
  /** Writes one row, in a trip that others may share. */
  readonly writeOne: (statement: Statement, row: string) => Promise<readonly TextRow[]>
  readonly listeners: JobListeners
}

const JOB = `id, op, site, queue, key, data, state, attempt, enqueued_at, run_at, leased_until, worker, error, token, waits_for`

/** The worker's side of the jobs in a PostgreSQL schema. */
export function postgresJobs({ schema, run, writeOne, listeners }: PostgresJobsOptions): JobQueue {
  const sql = jobStatements(qualified(schema, '_jobs'))

  async function one(text: string, values: readonly Parameter[]): Promise<readonly TextRow[]> {
    const [rows = []] = await run([{ text, values }])
    return rows
  }

  /** Changes a job in the hands of a worker. Was it? */
  async function change(text: string, values: readonly [id: string, ...Parameter[]]): Promise<boolean> {
    return (await writeOne({ text, values }, `_jobs/${values[0]}`)).length > 0
  }

  async function lease(request: LeaseRequest): Promise<LeasedJob[]> {
    const { queues, unavailable = [], now, limit, leaseMs, worker, lately = [] } = request
    checkLimit(limit)
    const leasedUntil = new Date(Date.parse(now) + leaseMs).toISOString()
    const served = [lately.map(({ operator }) => operator), lately.map(({ site = '' }) => site)]
    const rows = await one(sql.lease, [now, limit, queues ?? null, leasedUntil, worker, unavailable, ...served])
    return rows.map((row) => leasedJob(jobRow(row)))
  }

  /** Makes a job wait again. It joins no other and, where another of its key waits, none joins it. */
  async function waitAgain(text: string, values: readonly Parameter[]): Promise<boolean> {
    let isChanged: boolean
    try {
      isChanged = (await one(text, [...values, 1])).length > 0
    } catch (error) {
      if (!(error instanceof Error) || brokenConstraint(error.cause) === null) throw error
      isChanged = (await one(text, [...values, 0])).length > 0
    }
    if (isChanged) listeners.notify()
    return isChanged
  }

  return {
    lease,
    heartbeat: ({ id, token }, { until }) => change(sql.heartbeat, [id, token, until]),
    complete: ({ id, token }) => change(sql.complete, [id, token]),
    retry: ({ id, token }, { runAt, error, waitsFor = '' }) =>
      waitAgain(sql.retry, [id, token, runAt, error, waitsFor]),
    park: ({ id, token }, { error }) => change(sql.park, [id, token, error]),
    unpark: (id, { runAt }) => waitAgain(sql.unpark, [id, runAt]),
    dismiss: async (id) => (await one(sql.dismiss, [id])).length > 0,
    async get(id) {
      const [row] = await one(sql.get, [id])
      return row === undefined ? null : jobRecord(jobRow(row))
    },
    async list(query) {
      checkLimit(query.limit)
      const [after = ''] = query.cursor === undefined ? [] : decodeCursor(query.cursor, 1)
      const values = [query.state, String(after), query.operator ?? null, query.queue ?? null, query.limit + 1]
      return jobPage(query, (await one(sql.list, values)).map(jobRow))
    },
    async depth({ operator, now }) {
      return (await one(sql.depth, [operator ?? null, now])).map((row) => queueDepth(named(DEPTH, row)))
    },
    async nextRunAt({ queues, unavailable = [] } = {}) {
      const [row] = await one(sql.next, [queues ?? null, unavailable])
      return row?.[0] ?? null
    },
    subscribe: (listener) => listeners.subscribe(listener),
  }
}

function jobStatements(jobs: string) {
  // Hops from one lane to the next, so that a long queue costs no other, nor itself.
  const lane = 'op, site, queue, waits_for, priority'
  const lanes = `recursive lanes as (
      (select ${lane} from ${jobs} where state = 'waiting' order by ${lane} limit 1)
      union all
      select next.* from lanes cross join lateral (
        select ${lane} from ${jobs} as j
        where state = 'waiting' and (j.op, j.site, j.queue, j.waits_for, j.priority)
          > (lanes.op, lanes.site, lanes.queue, lanes.waits_for, lanes.priority)
        order by ${lane} limit 1
      ) as next
    )`
  const ofLane = `where state = 'waiting' and op = lanes.op and site = lanes.site and queue = lanes.queue
    and waits_for = lanes.waits_for and priority = lanes.priority`
  const ofQueues = (queues: string) => `(${queues}::text[] is null or queue = any(${queues}::text[]))`
  const isWanted = (queues: string, unavailable: string) =>
    `${ofQueues(queues)} and waits_for <> all(${unavailable}::text[])`
  const urgency = 'priority desc, run_at, id'
  const held = `where id = $1 and token = $2 and state = 'leased'`
  const isAlone = `key is not null and $N::int = 1 and not exists (select 1 from ${jobs} as other
      where other.op = j.op and other.site = j.site and other.queue = j.queue and other.key = j.key and other.joins)`
  return {
    /**
     * Now, limit, queues, leased until, worker, what does not answer, operators and sites that were served lately. The order of `takeInTurn`:
     * operators in turn, of each its sites; a round begins at what is in hand, and in it who was served last is last. Those chosen are looked up by an array: joined, a plan for any limit would read the whole table.
     */
    lease: `with ${lanes}, due as (
        select found.* from (select * from lanes where ${isWanted('$3', '$6')}) as lanes cross join lateral (
          select id, op, site, priority, run_at from ${jobs} ${ofLane} and run_at <= $1
          order by run_at, id limit $2::int
        ) as found
        union all
        select id, op, site, priority, run_at from ${jobs} where state = 'leased' and leased_until <= $1
        and ${isWanted('$3', '$6')}
      ), in_hand as materialized (
        select op, site, count(*) as n from ${jobs} where state = 'leased' and leased_until > $1
        and ${ofQueues('$3')} group by op, site
      ), served as materialized (
        select op, site, max(turn) as turn from unnest($7::text[], $8::text[]) with ordinality as lately (op, site, turn)
        group by op, site
      ), by_site as (
        select due.*, coalesce(turn, 0) as site_turn,
          coalesce(n, 0) + row_number() over (partition by op, site order by ${urgency}) as site_round
        from due left join in_hand using (op, site) left join served using (op, site)
      ), by_operator as (
        select by_site.*, coalesce(turn, 0) as op_turn,
          coalesce(n, 0) + row_number() over (partition by op order by site_round, site_turn, ${urgency}) as op_round
        from by_site left join (select op, sum(n) as n from in_hand group by op) as in_hand using (op)
        left join (select op, max(turn) as turn from served group by op) as served using (op)
      ), chosen as (
        select id, row_number() over (order by op_round, op_turn, site_round, site_turn, ${urgency}) as place
        from by_operator order by place limit $2::int
      ), taken as materialized (
        select id from ${jobs} as j where id = any(array(select id from chosen))
        and (state = 'waiting' or leased_until <= $1) for update skip locked
      ), leased as (
        update ${jobs} set state = 'leased', joins = false, attempt = attempt + 1, token = token + 1,
          leased_until = $4, worker = $5
        where id = any(array(select id from taken)) returning *
      ) select ${JOB} from leased join chosen using (id) order by place`,
    heartbeat: `update ${jobs} set leased_until = $3 ${held} returning 1`,
    complete: `delete from ${jobs} ${held} returning 1`,
    retry: `update ${jobs} as j set state = 'waiting', run_at = $3, error = $4, waits_for = $5, leased_until = null,
      joins = ${isAlone.replace('$N', '$6')} ${held} returning 1`,
    park: `update ${jobs} set state = 'parked', error = $3, leased_until = null ${held} returning 1`,
    unpark: `update ${jobs} as j set state = 'waiting', run_at = $2, attempt = 0, waits_for = '',
      joins = ${isAlone.replace('$N', '$3')} where id = $1 and state = 'parked' returning 1`,
    dismiss: `delete from ${jobs} where id = $1 and state = 'parked' returning 1`,
    get: `select ${JOB} from ${jobs} where id = $1`,
    list: `select ${JOB} from ${jobs} where state = $1 and id > $2 and ($3::text is null or op = $3)
      and ($4::text is null or queue = $4) order by id limit $5::int`,
    depth: `select ${depths('$2', 'greatest')} from ${jobs} where ($1::text is null or op = $1)
      group by queue order by queue collate "C"`,
    next: `with ${lanes}, starts as (
        select (select run_at from ${jobs} ${ofLane} order by run_at limit 1) as at from lanes where ${isWanted('$1', '$2')}
        union all
        select leased_until from ${jobs} where state = 'leased' and ${isWanted('$1', '$2')}
      ) select min(at) from starts`,
  }
}

const COLUMNS = JOB.split(', ')
const DEPTH = ['queue', 'due', 'later', 'leased', 'parked', 'since']

const jobRow = (row: TextRow): JobRow => named(COLUMNS, row)

function named(columns: readonly string[], row: TextRow): JobRow {
  return Object.fromEntries(columns.map((column, index) => [column, row[index] ?? null]))
}
