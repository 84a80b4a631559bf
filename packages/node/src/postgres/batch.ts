import { parameterText, type Statement, type TextRow } from './statement.ts'

/** What a batch uses of a connection of `pg`: its half of the extended query protocol. */
export interface Wire {
  readonly stream: { cork(): void; uncork(): void }
  parse(query: { name: string; text: string; types: readonly number[] }): void
  bind(config: { statement: string; values: readonly (string | null)[] }): void
  execute(config: Record<never, never>): void
  sync(): void
  on(event: 'parseComplete', listener: () => void): unknown
  off(event: 'parseComplete', listener: () => void): unknown
}

/** The statements of a batch, and what becomes of it. */
export interface BatchOptions {
  readonly statements: readonly Statement[]
  /** A short name for each text, the same in all connections of a process. */
  readonly nameOf: (text: string) => string
  readonly resolve: (rows: readonly (readonly TextRow[])[]) => void
  /** `index` is the statement that failed. */
  readonly reject: (error: unknown, index: number) => void
}

/**
 * Statements that a connection prepares, of which the server keeps each. A shop has some hundred forms; those of searches
 * with ever other words and filters are thousands, and beyond these are prepared anew each time.
 */
const MOST_PREPARED = 500

/** The statement that the next parse replaces. @see https://www.postgresql.org/docs/current/protocol-flow.html#PROTOCOL-FLOW-EXT-QUERY */
const UNNAMED = ''

/** Names that a connection has prepared. */
const prepared = new WeakMap<Wire, Set<string>>()

/**
 * Statements sent in one flush under one Sync, and so in one transaction: all are done or, from the first that fails,
 * none. They are prepared once for each connection. Give it to `client.query`; only the members below are called.
 *
 * @see https://www.postgresql.org/docs/current/protocol-flow.html#PROTOCOL-FLOW-PIPELINING
 */
export class Batch {
  readonly #options: BatchOptions
  readonly #rows: TextRow[][] = []
  #current: TextRow[] = []
  #wire: Wire | null = null
  #parsing: string[] = []
  #parsed = 0
  readonly #onParsed = () => {
    this.#parsed += 1
  }

  constructor(options: BatchOptions) {
    this.#options = options
  }

  submit(wire: Wire): void {
    this.#wire = wire
    const known = prepared.get(wire) ?? new Set()
    prepared.set(wire, known)
    wire.on('parseComplete', this.#onParsed)
    wire.stream.cork()
    try {
      for (const { text, values } of this.#options.statements) {
        const name = this.#options.nameOf(text)
        const isPrepared = known.has(name) || this.#parsing.includes(name)
        const statement = isPrepared || known.size < MOST_PREPARED ? name : UNNAMED
        if (!isPrepared) {
          wire.parse({ name: statement, text, types: [] })
          this.#parsing.push(statement)
        }
        wire.bind({ statement, values: values.map(parameterText) })
        wire.execute({})
      }
      wire.sync()
    } finally {
      wire.stream.uncork()
    }
  }

  handleDataRow(message: { fields: TextRow }): void {
    this.#current.push(message.fields)
  }

  handleCommandComplete(): void {
    this.#rows.push(this.#current)
    this.#current = []
  }

  handleReadyForQuery(): void {
    this.#settle()
    this.#options.resolve(this.#rows)
  }

  handleError(error: unknown): void {
    this.#settle()
    this.#options.reject(error, this.#rows.length)
  }

  /** Statements that were not reached are not prepared, and are sent with their text again. */
  #settle(): void {
    const wire = this.#wire
    if (wire === null) return
    wire.off('parseComplete', this.#onParsed)
    for (const name of this.#parsing.slice(0, this.#parsed)) {
      if (name !== UNNAMED) prepared.get(wire)?.add(name)
    }
    this.#wire = null
  }

  // A batch asks for no description of its rows, copies nothing, and reads each portal to its end.
  handleRowDescription(): void {}
  handleEmptyQuery(): void {}
  handlePortalSuspended(): void {}
  handleCopyInResponse(): void {}
  handleCopyData(): void {}
}
