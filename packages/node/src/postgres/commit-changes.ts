import {
  answerKey,
  type CommitOptions,
  type CommitPlan,
  type Committed,
  type Conflict,
  HOLDS,
  type HoldChange,
  holdDocumentId,
  type Scope,
} from '@bursar/core/storage-adapter'
import { counterWriter, heldKey, settledKey } from './counters.ts'
import { type Connection, type Database, type Rows, StatementError } from './database.ts'
import { brokenConstraint, isCollision, isRefusal } from './postgres-error.ts'
import type { SharedTrip } from './shared-trips.ts'
import { BEGIN, COMMIT, ROLLBACK, type Statement } from './statement.ts'
import { qualified, type Table } from './table.ts'
import { documentSteps, type Step } from './write-documents.ts'
import type { JobWriter } from './write-jobs.ts'

/** Writes a commit. */
export type CommitWriter = (scope: Scope, plan: CommitPlan, options: CommitOptions) => Promise<Committed | Conflict>

/** What commits write to. */
export interface CommitWriterOptions {
  readonly schema: string
  readonly database: Database
  /** Takes the commits that go together. */
  readonly sharedWrite: SharedTrip
  readonly tableOf: (name: string) => Table
  readonly jobs: JobWriter
}

/** Collisions of two commits are tried again so often; besides, each hold that turned out to be there or to be committed once. */
const ATTEMPTS = 8

type Numbers = Record<string, number>
type Attempt = { readonly answer: Committed | Conflict } | { readonly knownHold: string } | 'again'
/** A statement was refused: of a step, or the one that keeps the answer under the commit's id, which is there already. */
type Failed = { readonly failed: StatementError; readonly at: Step | 'answer' | undefined }

/**
 * Commits take one round trip: every statement is sent in one flush, and fails when it does not do what it is to do, so
 * that nothing is done. Only number series need a second one, for a document holds the number that it gets.
 */
export function commitWriter({ schema, database, sharedWrite, tableOf, jobs }: CommitWriterOptions): CommitWriter {
  const counters = counterWriter(schema)
  const commits = qualified(schema, '_commits')
  const keepAnswer = `insert into ${commits} (op, id, answer) values ($1, $2, $3)`
  const findAnswer = `select answer from ${commits} where op = $1 and id = $2`
  const nextNumber = `insert into ${qualified(schema, '_series')} as s (op, series, last) values ($1, $2, 1)
    on conflict (op, series) do update set last = s.last + 1 returning last`

  /** What a failure means is asked when its connection was given back: commits that hold all would wait for one more. */
  async function write(
    scope: Scope,
    plan: CommitPlan,
    commitId: string | undefined,
    known: ReadonlySet<string>,
  ): Promise<Attempt> {
    const sent = await send(scope, plan, commitId, known)
    if (sent === 'again' || !('failed' in sent)) return sent
    const { failed, at } = sent
    return at === 'answer' ? repeated(scope, commitId ?? '') : refused(scope, plan, known, at, failed)
  }

  async function send(scope: Scope, plan: CommitPlan, commitId: string | undefined, known: ReadonlySet<string>) {
    if (plan.numbers.length === 0) {
      const row = commitId === undefined ? firstRow(scope, plan) : null
      const to = row === null ? database : { run: (steps: readonly Statement[]) => sharedWrite(steps, row) }
      return writeSteps(to, [], scope, plan, commitId, known, {})
    }
    return database.withConnection((connection) => writeNumbered(connection, scope, plan, commitId, known))
  }

  async function writeNumbered(
    connection: Connection,
    scope: Scope,
    plan: CommitPlan,
    commitId: string | undefined,
    known: ReadonlySet<string>,
  ): Promise<Attempt | Failed> {
    const series = plan.numbers.map(({ change }) => ({ text: nextNumber, values: [scope.operator, change.series] }))
    const numbers: Numbers = {}
    const attempt = async (): Promise<Attempt | Failed> => {
      const [, ...rows] = await connection.run([BEGIN, ...series])
      plan.numbers.forEach(({ document }, index) => {
        numbers[document] = Number(rows[index]?.[0]?.[0])
      })
      return writeSteps(connection, [COMMIT], scope, plan, commitId, known, numbers)
    }
    const done = await attempt().catch((error: unknown): Attempt => {
      if (error instanceof StatementError && isCollision(error.cause)) return 'again'
      throw error
    })
    // After a commit this says nothing but a warning; where it threw, the connection is given up.
    await connection.run([ROLLBACK])
    return done
  }

  async function writeSteps(
    to: { run(statements: readonly Statement[]): Promise<Rows> },
    last: readonly Statement[],
    scope: Scope,
    plan: CommitPlan,
    commitId: string | undefined,
    known: ReadonlySet<string>,
    numbers: Numbers,
  ): Promise<Attempt | Failed> {
    const answer = answerOf(plan, numbers)
    const steps = [
      ...documentSteps({ operator: scope.operator, tableOf, numbers }, plan.documents),
      ...jobs(scope, plan.jobs),
      ...counters.steps(scope.operator, plan.counters, known),
    ]
    const first: Statement[] =
      commitId === undefined ? [] : [{ text: keepAnswer, values: [scope.operator, commitId, JSON.stringify(answer)] }]
    const statements = [...first, ...steps.map(({ statement }) => statement), ...last]
    if (statements.length === 0) return { answer }
    try {
      await to.run(statements)
      return { answer }
    } catch (error) {
      if (!(error instanceof StatementError)) throw error
      if (isCollision(error.cause)) return 'again'
      const isRepeat = error.index < first.length && brokenConstraint(error.cause) !== null
      return { failed: error, at: isRepeat ? 'answer' : steps[error.index - first.length] }
    }
  }

  /** The commit of this id was done before. */
  async function repeated({ operator }: Scope, commitId: string): Promise<Attempt> {
    const [rows] = await database.run([{ text: findAnswer, values: [operator, commitId] }])
    const answer = rows?.[0]?.[0]
    return answer ? { answer: JSON.parse(answer) as Committed } : 'again' // written by keepAnswer
  }

  async function refused(
    scope: Scope,
    plan: CommitPlan,
    known: ReadonlySet<string>,
    step: Step | undefined,
    error: StatementError,
  ): Promise<Attempt> {
    const hold = plan.counters.find(({ index }) => index === step?.index)?.change
    if (hold?.do === 'commitHold' && isRefusal(error.cause)) {
      const key = settledKey(holdDocumentId(hold.counter, hold.hold))
      if (!known.has(key)) return { knownHold: key }
    }
    if (hold?.do === 'hold') {
      const there = await knownHold(scope, hold)
      if (there !== null) return there
      // The hold that stood in the way has gone meanwhile.
      if (brokenConstraint(error.cause)?.startsWith(HOLDS.name)) return 'again'
    }
    const why = step?.refusal(error.cause) ?? null
    if (step === undefined || why === null) throw error
    return { answer: { outcome: 'conflict', change: step.index, ...why } }
  }

  /** A hold that is there already is left as it is, however little of its counter is left. */
  async function knownHold({ operator }: Scope, { counter, hold }: HoldChange): Promise<Attempt | null> {
    const id = holdDocumentId(counter, hold)
    const [rows] = await database.run([counters.find(operator, id)])
    return rows?.[0] === undefined ? null : { knownHold: heldKey(id) }
  }

  return async (scope, plan, { commitId }) => {
    const known = new Set<string>()
    for (let attempt = 1; ; ) {
      const done = await write(scope, plan, commitId, known)
      if (done !== 'again' && 'answer' in done) return done.answer
      if (done !== 'again' && !known.has(done.knownHold)) known.add(done.knownHold)
      else if (done !== 'again') return otherHold(plan, done.knownHold)
      else if (attempt++ === ATTEMPTS) throw new Error('Commits met each other too often.')
    }
  }
}

/** The name of the first row that a commit changes, or makes; null where it goes alone, for what is searched has words that are rows of many. */
function firstRow({ operator }: Scope, { documents }: CommitPlan): string | null {
  if (documents.some(({ collection }) => collection.search !== null)) return null
  const first = documents.find(({ change }) => change.do === 'put') ?? documents[0]
  return first === undefined ? '' : [first.collection.name, operator, first.site, first.change.id].join('/')
}

/** What a commit answers once it is done: known before, but for the numbers. */
function answerOf(plan: CommitPlan, numbers: Numbers): Committed {
  const versions: Record<string, number> = {}
  for (const { change } of plan.documents) {
    if (change.do === 'insert' || change.do === 'append') versions[answerKey(change)] = 1
    if (change.do === 'put') versions[answerKey(change)] = change.version + 1
  }
  return { outcome: 'committed', versions, numbers }
}

/** The hold is there, with another n. */
function otherHold(plan: CommitPlan, key: string): Conflict {
  const held = plan.counters.find(
    ({ change }) => change.do === 'hold' && heldKey(holdDocumentId(change.counter, change.hold)) === key,
  )
  return { outcome: 'conflict', change: held?.index ?? 0, why: 'unique', key: 'hold' }
}
