/** A kind of row in a simulation's log, with the type of its documents. */
export interface RowKind<Document> {
  /** Unique in the log. */
  readonly name: string
  /** Never set: it only carries the type. */
  readonly document?: Document
}

/** A row, as it is now. */
export interface LogRow<Document> {
  /** Place in the log, given at the row's first `put` and kept; rises over all kinds. */
  readonly seq: number
  /** Id within the kind. */
  readonly id: string
  /** A copy, or frozen: nobody changes by it what the log keeps. */
  readonly document: Document
}

/** Which rows of a kind to list. */
export interface LogFilter {
  /** Only rows whose last `put` gave this tag. */
  readonly tag?: string | undefined
  /** Only rows whose `seq` is greater. */
  readonly after?: number | undefined
}

/**
 * What a simulated processor or platform remembers. It belongs to the simulation and never to the shop, so that it can
 * be the truth that a checker compares the shop with, also after the shop was killed.
 */
export interface SimulationLog {
  /** Runs `work` alone, all or nothing, and durably where the log is. May be nested: the outermost call counts. */
  transact<Result>(work: () => Result): Result
  /** The document of a row, or undefined. */
  get<Document>(kind: RowKind<Document>, id: string): Document | undefined
  /** Writes a row, or writes it anew; without a tag the row has none. */
  put<Document>(kind: RowKind<Document>, id: string, document: Document, tag?: string): void
  /** Rows of a kind by `seq`, oldest first. */
  list<Document>(kind: RowKind<Document>, filter?: LogFilter): LogRow<Document>[]
  /** Ends the use of the log. */
  close(): void
}

/** Names a kind of row. */
export function rowKind<Document>(name: string): RowKind<Document> {
  return { name }
}

/** One id of several parts, which may hold anything but a line break. */
export function rowId(...parts: readonly string[]): string {
  return parts.join('\n')
}
