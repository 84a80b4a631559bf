import type { Json } from '../json/index.ts'
import type { Scope } from './scope.ts'

/**
 * The worker's side of jobs. Jobs enter by an `enqueue` in a commit of `Storage` and in no other way, so a job exists
 * exactly if what it is about was stored. At least once: a job whose worker vanishes is leased again when its lease
 * ends. Nothing expires: a job stays until it is completed, a parked one until somebody acts.
 *
 * Time comes in by the arguments (instants, ISO 8601 in UTC, to the millisecond). All methods reject with
 * `StorageUnavailableError` when the storage is down, and are durable when they resolve.
 */
export interface JobQueue {
  /**
   * Takes jobs that are due (`runAt` not after `now`) or whose lease has ended, and gives each to this worker alone
   * until `now + leaseMs`. Fair: one job of each operator in turn, and of an operator's one of each site in turn; within
   * a site the higher priority first, then by `runAt`, then id. Who has jobs of these queues in hand, whose leases have not
   * ended, had as many turns; of those with equally many, who was served last (`lately`) comes last. Answers them in that
   * order. However many wait for what does not answer just now (`unavailable`), the others cost no more for it.
   */
  lease(request: LeaseRequest): Promise<LeasedJob[]>

  /** Moves the end of the lease to `until`. */
  heartbeat(job: LeaseRef, change: { until: string }): Promise<boolean>

  /** Ends the job: it was done, and is forgotten. */
  complete(job: LeaseRef): Promise<boolean>

  /**
   * Gives it back to wait until `runAt`, with what went wrong. The caller chooses the backoff, and names what the job
   * waits for: while that does not answer, `lease` can leave the job alone.
   */
  retry(job: LeaseRef, change: JobDelay): Promise<boolean>

  /** Sets it aside, with what went wrong, until `unpark`. It stays for ever and joins nothing. */
  park(job: LeaseRef, change: { error: string }): Promise<boolean>

  /** Ends a parked job that nobody needs any more; false when no parked job has this id. */
  dismiss(id: string): Promise<boolean>

  /** The job with this id, or null. */
  get(id: string): Promise<JobRecord | null>

  /** Lists jobs by id, a page at a time. */
  list(query: JobListQuery): Promise<JobPage>

  /** How much each queue holds, by name; of this operator only, or of all. A queue with nothing in it is left out. */
  depth(query: { operator?: string | undefined; now: string }): Promise<QueueDepth[]>

  /** Lets a parked job wait again, from attempt 1; false when no parked job has this id. */
  unpark(id: string, change: { runAt: string }): Promise<boolean>

  /**
   * The earliest instant at which `lease` can find something: the least `runAt` of what waits (the epoch for a job
   * that is to run at once) or end of a lease; null when there is neither.
   */
  nextRunAt(wanted?: JobChoice): Promise<string | null>

  /**
   * Calls the listener after each commit by this storage that enqueued, with what it enqueued, and after `retry` and
   * `unpark`, so that workers wake at once. A storage may call it for other processes' commits too, but need not: poll as
   * well. Called without a list it may be anything. What the listener throws is swallowed. Answers how to stop.
   */
  subscribe(listener: (enqueued?: readonly Enqueued[]) => void): () => void
}

/** What a commit enqueued, as whoever subscribed is told: whether it concerns them, and whether yet. */
export type Enqueued = {
  queue: string
  /** Absent: at once. */
  runAt?: string | undefined
}

/** Which jobs a worker may take. */
export type JobChoice = {
  /** From these queues only; absent: from all. */
  queues?: readonly string[] | undefined
  /** What does not answer just now: jobs that wait for one of these are left alone. @default none */
  unavailable?: readonly string[] | undefined
}

/** How a job is put off. */
export type JobDelay = {
  /** When it may run again. */
  runAt: string
  /** What went wrong. */
  error: string
  /** What it waits for, such as the name of a provider; 1 to 100 characters. Absent: for nothing but its time. */
  waitsFor?: string | undefined
}

/** What a worker asks for. */
export type LeaseRequest = JobChoice & {
  /** Name of the worker, shown in `list`. */
  worker: string
  /** At most so many jobs: 1 to 1,000. */
  limit: number
  /** Length of the lease in milliseconds. */
  leaseMs: number
  /** The worker's clock. */
  now: string
  /** Whose jobs it took before, the latest last; at most 1,000. @default none */
  lately?: readonly Scope[] | undefined
}

/**
 * What proves that a lease is one's own. `heartbeat`, `complete`, `retry` and `park` answer false, and change
 * nothing, when the lease was lost: the job was leased again, ended, or parked. A lease that has ended in time but
 * that nobody took since is still good.
 */
export type LeaseRef = Pick<LeasedJob, 'id' | 'token'>

/** A job in the hands of a worker. */
export type LeasedJob = {
  id: string
  /** The scope of the commit that enqueued it. */
  scope: Scope
  queue: string
  key: string | null
  data: Json
  /** 1 for the first lease (also after `unpark`), and 1 more for each further one. */
  attempt: number
  /** When it was enqueued, by the storage's clock; for people to read. */
  enqueuedAt: string
  /** Fencing token: grows with each lease of the job and is never used again. */
  token: number
}

/** `waiting` for its instant or a worker, `leased` (its lease may have ended), or `parked`. */
export type JobState = 'waiting' | 'leased' | 'parked'

/** A page of the jobs of one state. */
export type JobListQuery = {
  state: JobState
  /** Of this operator only; absent: of all. */
  operator?: string | undefined
  queue?: string | undefined
  /** Items per page: 1 to 1,000. */
  limit: number
  /** `nextCursor` of the page before; good for the same query only. */
  cursor?: string | undefined
}

/** A job as an operator sees it. */
export type JobRecord = {
  id: string
  scope: Scope
  queue: string
  key: string | null
  data: Json
  state: JobState
  /** Leases so far, since it was enqueued or unparked. */
  attempt: number
  /** When it was enqueued, by the storage's clock. */
  enqueuedAt: string
  /** When it may run; the epoch for at once. */
  runAt: string
  /** End of its lease; null unless it is leased. */
  leasedUntil: string | null
  /** Who leased it last. */
  worker: string | null
  /** What it waits for beside its time, as it was last put off; null: nothing. */
  waitsFor: string | null
  /** What went wrong last. */
  error: string | null
}

/** How much a queue holds. */
export type QueueDepth = {
  queue: string
  /** Jobs that wait and may run now. */
  due: number
  /** Jobs that wait for a later instant. */
  later: number
  /** Jobs in the hands of a worker; also of one whose lease has ended. */
  leased: number
  /** Jobs that wait for a person. */
  parked: number
  /** Since when one of the due jobs could have run, and has not; null when none is due. */
  dueSince: string | null
}

/** A page of jobs; `nextCursor` is null on the last. */
export type JobPage = { items: JobRecord[]; nextCursor: string | null }
