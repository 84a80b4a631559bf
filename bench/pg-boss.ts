/**
 * Which promises of the port `JobQueue` pg-boss keeps, tried on a real server, and what it costs beside the table that
 * Bursar uses. What this printed stands in docs/decisions/2026-11-27-postgres-jobs.md.
 */
import { setTimeout as sleep } from 'node:timers/promises'
import type { JobQueue } from '@bursar/core/storage-adapter'
import { postgresStorage } from '@bursar/node/postgres'
import { Pool } from 'pg'
import { type ConnectionOptions, type ConstructorOptions, PgBoss, TestClock } from 'pg-boss'
import { startDatabase } from './load/database.ts'

const server = await startDatabase()
const pool = new Pool({ connectionString: server.url, max: 4 })
pool.on('error', () => {})
/** The longest that its settings take: 68 years, 24 hours, and as many retries as an integer holds. */
const FOR_EVER = 2_147_483_647
const LASTING = {
  ...{ retentionSeconds: FOR_EVER, deleteAfterSeconds: 0, retryLimit: FOR_EVER, retryDelay: 0 },
  ...{ expireInSeconds: 24 * 60 * 60, heartbeatSeconds: 60 },
}
const QUEUE = 'work'
let schemas = 0

async function boss(options: Partial<ConstructorOptions> = {}, queue: object = LASTING) {
  schemas += 1
  const schema = `boss_${schemas}`
  const made = new PgBoss({
    connectionString: server.url,
    schema,
    max: 4,
    supervise: false,
    schedule: false,
    ...options,
  })
  made.on('error', () => {})
  await made.start()
  await made.createQueue(QUEUE, queue)
  return { made, schema, end: () => made.stop({ graceful: false }) }
}

/** What pg-boss would send to a database; the answers to it are given. */
async function captured(work: (db: NonNullable<ConnectionOptions['db']>) => Promise<unknown>, answers: object[][]) {
  const statements: { text: string; values: unknown[] }[] = []
  const executeSql = async (text: string, values: unknown[] = []) => {
    statements.push({ text, values })
    return { rows: answers[statements.length - 1] ?? [] }
  }
  await work({ executeSql })
  return statements
}

const row = async (text: string, values: unknown[] = []) => (await pool.query(text, values)).rows[0]
const median = (all: number[]) => all.toSorted((a, b) => a - b)[Math.floor(all.length / 2)] ?? Number.NaN

async function milliseconds(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now()
  await work()
  return performance.now() - began
}

type Kept = 'yes' | 'with help' | 'no'
const found: { promise: string; kept: Kept; saw: string }[] = []
const note = (promise: string, kept: Kept, saw: string) => {
  found.push({ promise, kept, saw })
  console.log(`${kept.padEnd(9)} | ${promise} | ${saw}`)
}

// One commit, one trip
{
  const { made, schema, end } = await boss()
  const [statement] = await captured((db) => made.send(QUEUE, {}, { db }), [[{ id: 'x' }]])
  const client = await pool.connect()
  const count = async () => Number((await row(`select count(*) from ${schema}.job`)).count)
  await client.query('begin')
  await client.query(statement?.text ?? '', statement?.values)
  await client.query('rollback')
  const afterRollback = await count()
  await client.query(statement?.text ?? '', statement?.values)
  client.release()
  note(
    'a job exists exactly if its commit was done, in the same trip',
    'with help',
    `its SQL taken from send(…, { db }): ${afterRollback} jobs after a rollback, ${await count()} after a commit`,
  )
  const id = crypto.randomUUID()
  const before = await made.send(QUEUE, { n: 1 }, { id })
  const again = await made.send(QUEUE, { n: 2 }, { id })
  const byText = await made.send(QUEUE, {}, { id: 'job_01' }).catch((error: Error) => error.message)
  note(
    'a second job of one id refuses the commit',
    'no',
    `the first answered ${before === id ? 'its id' : before}, the second ${again} without an error; an id that is no UUID: ${byText}`,
  )
  const unknown = await made.send('unknown', {}).catch((error: Error) => error.message)
  note('jobs of a queue that was made by `migrate`', 'yes', `createQueue; to another: "${unknown}"`)
  await end()
}

// Joining
{
  const { made, schema, end } = await boss()
  const soon = new Date(Date.now() + 60_000)
  const later = new Date(Date.now() + 3_600_000)
  const key = { singletonKey: 'op site k' }
  const statements = await captured(
    (db) => made.upsert(QUEUE, { n: 1 }, { ...key, db }),
    [[], [{ id: crypto.randomUUID() }]],
  )
  await made.upsert(QUEUE, { n: 1 }, { ...key, startAfter: soon, priority: 9 })
  await made.upsert(QUEUE, { n: 2 }, { ...key, startAfter: later, priority: 2 })
  const joined = await row(`select count(*), min(start_after) as at, min(priority) as priority from ${schema}.job`)
  const minutes = Math.round((joined.at.getTime() - Date.now()) / 60_000)
  note(
    'a joined job keeps the earlier instant and the greater priority',
    'no',
    `${joined.count} job; due in 1 minute with priority 9, then joined by one due in 60 with priority 2: due in ${minutes} with ${joined.priority}`,
  )
  await made.deleteAllJobs(QUEUE)
  await made.upsert(QUEUE, { n: 1 }, key)
  const [job] = await made.fetch(QUEUE)
  if (job) await made.fail(QUEUE, job)
  for (const { text, values } of statements) await pool.query(text, values)
  const { count } = await row(`select count(*) from ${schema}.job where state < 'active'`)
  note(
    'a job joins the one that waits for its retry, in one trip',
    Number(count) === 1 ? 'with help' : 'no',
    `upsert asks, and then decides: ${statements.length} statements; sent blindly in one trip they leave ${count} jobs of one key`,
  )
  await end()
}

// Fairness: what it does, and what it costs
{
  const { made, end } = await boss()
  const insert = (operator: string, n: number) =>
    made.insert(
      QUEUE,
      Array.from({ length: n }, (_, at) => ({ data: { at }, group: { id: operator } })),
    )
  const operators = (jobs: { groupId?: string | null }[]) => jobs.map(({ groupId }) => groupId).join(' ')
  const fill = async () => {
    await made.deleteAllJobs(QUEUE)
    await insert('big', 20)
    await insert('small', 1)
    await insert('tiny', 2)
  }
  await fill()
  note('operators are served in turn: fetch of 6', 'no', operators(await made.fetch(QUEUE, { batchSize: 6 })))
  await fill()
  const capped = await made.fetch(QUEUE, { batchSize: 6, groupConcurrency: 1 })
  note(
    '… with groupConcurrency 1',
    'no',
    `${operators(capped)}: the rest of the six was filtered away after the limit; and an operator alone has one hand in all processes`,
  )
  await fill()
  note('… by turns of one job, with ignoreGroups', 'with help', operators(await inTurn(made, 6)))
  note('… and of an operator’s its sites in turn', 'no', 'a job has one group; no call lists the groups that wait')
  await end()
}

async function inTurn(made: PgBoss, limit: number) {
  const taken: { id: string; groupId?: string | null }[] = []
  let served: string[] = []
  while (taken.length < limit) {
    const [job] = await made.fetch(QUEUE, served.length > 0 ? { ignoreGroups: served } : {})
    if (job === undefined && served.length === 0) break
    if (job === undefined) {
      served = []
      continue
    }
    taken.push(job)
    if (job.groupId) served.push(job.groupId)
  }
  return taken
}

// Looks are measured without the flush of a commit, which other work on the machine makes as long as it likes.
await pool.query('alter database postgres set synchronous_commit = off')
for (const backlog of [1_000, 10_000, 100_000]) {
  const { made, schema, end } = await boss()
  await pool.query(
    `insert into ${schema}.job (name, data, group_id, keep_until) select '${QUEUE}', '{}', 'big', now() + interval '60 years' from generate_series(1, ${backlog})`,
  )
  await made.insert(
    QUEUE,
    Array.from({ length: 40 }, () => ({ data: {}, group: { id: 'small' } })),
  )
  await pool.query(`vacuum analyze ${schema}.job`)
  const theirs: number[] = []
  for (let n = 0; n < 15; n += 1) theirs.push(await milliseconds(() => inTurn(made, 2)))
  await end()

  const ours = await ownQueue()
  await pool.query(
    `insert into ${ours.schema}._jobs (id, op, site, queue, data, enqueued_at, run_at, state, joins, attempt, token)
     select 'j' || n, case when n > ${backlog} then 'small' else 'big' end, 'main', '${QUEUE}', '{}', '${ours.now}', '${ours.now}', 'waiting', false, 0, 0
     from generate_series(1, ${backlog + 40}) as n`,
  )
  await pool.query(`vacuum analyze ${ours.schema}._jobs`)
  const own: number[] = []
  for (let n = 0; n < 15; n += 1) own.push(await milliseconds(() => ours.lease(2)))
  await ours.end()
  note(
    `a look for one job of each of two operators, one of them with ${backlog.toLocaleString('en')} in wait`,
    'with help',
    `pg-boss ${median(theirs).toFixed(1)} ms in 2 statements, own table ${median(own).toFixed(1)} ms in 1`,
  )
}

async function ownQueue() {
  schemas += 1
  const schema = `own_${schemas}`
  const storage = postgresStorage({ url: server.url, schema, maxConnections: 4 })
  await storage.migrate([])
  const jobs: JobQueue = storage.jobs
  const now = new Date().toISOString()
  const lease = (limit: number) => jobs.lease({ worker: 'w', limit, leaseMs: 60_000, now })
  return { schema, storage, jobs, now, lease, end: () => storage.close() }
}

// A queue for each lane
{
  const lanes = 1_000
  const { made, end } = await boss({ max: 10 })
  const making = await milliseconds(async () => {
    for (let n = 0; n < lanes; n += 1) await made.createQueue(`lane_${n}`, LASTING)
  })
  const looking = await milliseconds(() =>
    Promise.all(Array.from({ length: lanes }, (_, n) => made.fetch(`lane_${n}`))),
  )
  const ours = await ownQueue()
  await pool.query(
    `insert into ${ours.schema}._jobs (id, op, site, queue, data, enqueued_at, run_at, state, joins, attempt, token)
     select 'j' || n, 'op' || n, 'main', '${QUEUE}', '{}', '${ours.now}', '9999', 'waiting', false, 0, 0 from generate_series(1, ${lanes}) as n`,
  )
  const own = await milliseconds(() => ours.lease(8))
  note(
    `a queue for each operator, site and kind: a look at ${lanes.toLocaleString('en')} of them, none due`,
    'no',
    `pg-boss ${Math.round(looking)} ms in ${lanes} statements, made one by one outside the commit in ${(making / 1000).toFixed(1)} s; own table ${own.toFixed(1)} ms in 1`,
  )
  await ours.end()
  await end()
}

await pool.query('alter database postgres reset synchronous_commit')

// Leases
{
  const { made, schema, end } = await boss(
    { supervise: true, superviseIntervalSeconds: 1, monitorIntervalSeconds: 1 },
    { ...LASTING, heartbeatSeconds: 10 },
  )
  await made.send(QUEUE, {})
  const [first] = await made.fetch(QUEUE)
  const began = performance.now()
  let second: typeof first
  while (second === undefined && performance.now() - began < 60_000) {
    await sleep(250)
    ;[second] = await made.fetch(QUEUE)
  }
  const seconds = ((performance.now() - began) / 1000).toFixed(1)
  note(
    'a job whose worker vanished comes again',
    'yes',
    `after ${seconds} s, heartbeat 10 s (its least), supervision each second`,
  )
  const settle = (job: typeof first) => (job ? made.deleteJob(QUEUE, job) : null)
  await settle(first)
  const { count } = await row(`select count(*) from ${schema}.job`)
  await settle(second)
  note(
    'who lost a lease can change nothing',
    'yes',
    `{ id, retryCount } fences: ${count} job after the first worker ended it, ${(await row(`select count(*) from ${schema}.job`)).count} after the second`,
  )
  const asked = await made.send(QUEUE, {}, { heartbeatSeconds: 9 }).catch((error: Error) => error.message)
  note(
    'a lease as long as the worker asks, renewed for as long as it lives',
    'no',
    `${asked}; and after 24 hours at most it is taken from it, heartbeat or not`,
  )
  await end()
}

// Waiting long
{
  const clock = new TestClock(new Date())
  const plain = await boss({ clock }, {})
  await plain.made.send(QUEUE, {})
  await clock.setTime(Date.now() + 15 * 86_400_000)
  await plain.made.supervise()
  const dropped = (await row(`select count(*) from ${plain.schema}.job`)).count
  await plain.end()
  const lasting = new TestClock(new Date())
  const set = await boss({ clock: lasting })
  await set.made.send(QUEUE, {})
  await lasting.setTime(Date.now() + 10 * 365 * 86_400_000)
  await set.made.supervise()
  const kept = (await row(`select count(*) from ${set.schema}.job`)).count
  note(
    'none is deleted because it waited long',
    'yes',
    `after 15 days as it comes: ${dropped} of 1 jobs; after 10 years with its retention set: ${kept} of 1`,
  )
  const [job] = await set.made.fetch(QUEUE)
  if (job) await set.made.cancel(QUEUE, job)
  await lasting.setTime(Date.now() + 20 * 365 * 86_400_000)
  await set.made.supervise()
  const parked = (await row(`select count(*) from ${set.schema}.job where state = 'cancelled'`)).count
  note(
    'a parked job stays, is listed by state and operator, and waits again from attempt 1',
    'with help',
    `cancelled, it is there after 10 more years: ${parked} of 1; why, by whom, and the list: a document of our own`,
  )
  note(
    'time comes by arguments',
    'with help',
    'its TestClock writes the time into a function of the schema, one for all that use it: no two workers with two clocks',
  )
  await set.end()
}

// Order and backoff
{
  const { made, end } = await boss()
  const first = await made.send(QUEUE, {}, { startAfter: new Date(Date.now() + 600) })
  await made.send(QUEUE, {}, { startAfter: new Date(Date.now() + 100) })
  await sleep(900)
  const [job] = await made.fetch(QUEUE)
  note(
    'of jobs that are due the earlier instant goes first',
    'no',
    `by when they were made: ${job?.id === first ? 'the later instant' : 'the earlier instant'} came first`,
  )
  if (job) {
    await made.fail(QUEUE, job)
    const { updated } = await made.update(QUEUE, undefined, { id: job.id, startAfter: new Date(Date.now() + 60_000) })
    note(
      'a backoff that the caller chooses',
      'with help',
      `fail, then update (${updated} job): two statements in a transaction`,
    )
  }
  await end()
}

// Versions side by side
{
  const { made, schema, end } = await boss()
  await end()
  await pool.query(`update ${schema}.version set version = version + 1`)
  const older = new PgBoss({ connectionString: server.url, schema, supervise: false, schedule: false })
  older.on('error', () => {})
  const answer = await older.start().then(
    () => 'it starts',
    (error: Error) => error.message,
  )
  note(
    'the old version still serves while the new one migrates',
    answer === 'it starts' ? 'yes' : 'no',
    `a process that starts on a newer schema: ${answer}`,
  )
  await older.stop({ graceful: false }).catch(() => {})
  void made
}

// Cost
{
  const { made, schema, end } = await boss()
  const [statement] = await captured((db) => made.send(QUEUE, {}, { db, group: { id: 'op' } }), [[{ id: 'x' }]])
  const ours = await ownQueue()
  const own = `insert into ${ours.schema}._jobs as j (id, op, site, queue, key, data, enqueued_at, run_at, state, joins, attempt, token, priority)
    values ($1, 'op', 'main', 'work', $2::text, $3, $4, $4, 'waiting', $2::text is not null, 0, 0, 0)
    on conflict (op, site, queue, key) where joins do update set data = excluded.data`
  const data = { order: crypto.randomUUID(), payment: crypto.randomUUID() }
  const payload = JSON.stringify([{ ...JSON.parse(String(statement?.values[0]))[0], data }])
  const client = await pool.connect()
  const cost = async (name: string, text: string, values: () => unknown[]) => {
    await client.query({ name, text, values: values() })
    const from = (await row('select pg_current_wal_insert_lsn() as at')).at
    const took = await milliseconds(async () => {
      for (let n = 0; n < 500; n += 1) await client.query({ name, text, values: values() })
    })
    const { bytes } = await row('select pg_current_wal_insert_lsn() - $1::pg_lsn as bytes', [from])
    return { us: took * 2, wal: Number(bytes) / 500 }
  }
  await client.query('set plan_cache_mode = force_generic_plan')
  const rounds: { theirs: { us: number; wal: number }; mine: { us: number; wal: number } }[] = []
  for (let round = 0; round < 7; round += 1) {
    const theirs = await cost('theirs', statement?.text ?? '', () => [payload])
    const id = () => crypto.randomUUID()
    rounds.push({ theirs, mine: await cost('own', own, () => [id(), id(), JSON.stringify(data), ours.now]) })
  }
  const of = (whose: 'theirs' | 'mine', figure: 'us' | 'wal') =>
    median(rounds.map((each) => each[whose][figure])).toFixed(0)
  client.release()
  note(
    'the cost of one job in a commit (7 × 500 commits in turn, one connection)',
    'with help',
    `pg-boss ${of('theirs', 'us')} µs and ${of('theirs', 'wal')} bytes of WAL, without a key to join; own table ${of('mine', 'us')} µs and ${of('mine', 'wal')} bytes, with one`,
  )
  const whole = async (take: () => Promise<number>) => {
    let done = 0
    const took = await milliseconds(async () => {
      for (let n = await take(); n > 0 && done < 1_000; n = await take()) done += n
    })
    return (took * 1_000) / done
  }
  await pool.query(`vacuum analyze ${schema}.job`)
  await pool.query(`vacuum analyze ${ours.schema}._jobs`)
  const theirWork = await whole(async () => {
    const jobs = await made.fetch(QUEUE, { batchSize: 8 })
    await Promise.all(jobs.map((job) => made.deleteJob(QUEUE, job)))
    return jobs.length
  })
  const ownWork = await whole(async () => {
    const jobs = await ours.lease(8)
    await Promise.all(jobs.map((job) => ours.jobs.complete(job)))
    return jobs.length
  })
  note(
    'the cost of taking and ending a job, eight at once',
    'yes',
    `pg-boss ${theirWork.toFixed(0)} µs (in no turn), own table ${ownWork.toFixed(0)} µs (in turn)`,
  )
  const relations = async (name: string) =>
    row(
      `select count(*) filter (where relkind in ('r', 'p')) as tables, count(*) filter (where relkind in ('i', 'I')) as indexes
       from pg_class join pg_namespace on pg_namespace.oid = relnamespace where nspname = $1 and ($1 like 'boss%' or relname like '\\_jobs%')`,
      [name],
    )
  const [there, here] = [await relations(schema), await relations(ours.schema)]
  const onJob = (
    await row(`select count(*) from pg_indexes where schemaname = $1 and tablename = 'job_common'`, [schema])
  ).count
  note(
    'what is kept',
    'yes',
    `pg-boss ${there.tables} tables and ${there.indexes} indexes, ${onJob} of them on each job; own ${here.tables} table and ${here.indexes} indexes`,
  )
  await ours.end()
  await end()
}

await pool.end()
await server.stop()
console.log(`\n| Promise | pg-boss | What was seen |\n|---|---|---|`)
for (const { promise, kept, saw } of found) console.log(`| ${promise} | ${kept} | ${saw} |`)
process.exit(0)
