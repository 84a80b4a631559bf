import { DatabaseSync, StatementSync } from 'node:sqlite'

/** Counts what databases of SQLite are asked. */
export interface SqliteStatements {
  /** Statements that were run so far. */
  readonly count: number
  /** Counts no more. */
  end(): void
}

type Method = (this: object, ...values: never[]) => unknown

/** Opens databases, and counts from then on what those are asked, whichever others the process has. */
export function sqliteStatements<T>(open: () => T): { opened: T; statements: SqliteStatements } {
  const ours = new WeakSet<object>()
  let isOpening = true
  let count = 0
  const undo = [
    patch(DatabaseSync.prototype, 'prepare', (database, prepare) => {
      if (isOpening) ours.add(database)
      const statement = prepare()
      if (ours.has(database)) ours.add(statement as object)
      return statement
    }),
    patch(DatabaseSync.prototype, 'exec', noted),
    ...(['run', 'get', 'all', 'iterate'] as const).map((name) => patch(StatementSync.prototype, name, noted)),
  ]

  function noted(asked: object, ask: () => unknown): unknown {
    if (ours.has(asked)) count += 1
    return ask()
  }

  const opened = open()
  isOpening = false
  const end = () => {
    for (const step of undo) step()
  }
  return {
    opened,
    statements: {
      end,
      get count() {
        return count
      },
    },
  }
}

function patch(prototype: object, name: string, around: (self: object, ask: () => unknown) => unknown): () => void {
  const original = Reflect.get(prototype, name) as Method // of Node, a method by its name
  Reflect.set(prototype, name, function patched(this: object, ...values: never[]) {
    return around(this, () => Reflect.apply(original, this, values))
  })
  return () => void Reflect.set(prototype, name, original)
}
