import type { PoolClient, Submittable } from 'pg'

/** A statement, with texts for its parameters. */
export interface SentStatement {
  readonly text: string
  readonly values: readonly string[]
}

/** What is used of a connection of `pg`. */
interface Wire {
  readonly stream: { cork(): void; uncork(): void }
  parse(query: { name: string; text: string; types: readonly number[] }): void
  bind(config: { statement: string; values: readonly string[] }): void
  execute(config: Record<never, never>): void
  sync(): void
}

const prepared = new WeakMap<Wire, Set<string>>()

/** Statements under one Sync, as @bursar/node sends them, for what does not fail. Answers their rows. */
export function oneSync(client: PoolClient, statements: readonly SentStatement[]): Promise<unknown[][]> {
  return new Promise((resolve, reject) => {
    const rows: unknown[][] = []
    let current: unknown[] = []
    const batch = {
      submit(wire: Wire) {
        const known = prepared.get(wire) ?? new Set()
        prepared.set(wire, known)
        wire.stream.cork()
        for (const { text, values } of statements) {
          const statement = text.slice(0, 60)
          if (!known.has(statement)) wire.parse({ name: statement, text, types: [] })
          known.add(statement)
          wire.bind({ statement, values })
          wire.execute({})
        }
        wire.sync()
        wire.stream.uncork()
      },
      handleDataRow({ fields }: { fields: unknown }) {
        current.push(fields)
      },
      handleCommandComplete() {
        rows.push(current)
        current = []
      },
      handleReadyForQuery: () => resolve(rows),
      handleError: reject,
      handleRowDescription() {},
      handleEmptyQuery() {},
      handlePortalSuspended() {},
    }
    client.query(batch as unknown as Submittable) // the types know only the part that all submittables share
  })
}
