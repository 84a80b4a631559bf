import type { LogFilter, LogRow, RowKind, SimulationLog } from './simulation-log.ts'

interface StoredRow {
  readonly seq: number
  readonly id: string
  readonly text: string
  readonly tag: string | undefined
}

/** A simulation's log in memory: gone with its process. */
export function memorySimulationLog(): SimulationLog {
  const kinds = new Map<string, Map<string, StoredRow>>()
  let undo: (() => void)[] | null = null
  let lastSeq = 0

  function rowsOf(kind: RowKind<unknown>): Map<string, StoredRow> {
    const rows = kinds.get(kind.name) ?? new Map<string, StoredRow>()
    kinds.set(kind.name, rows)
    return rows
  }

  function transact<Result>(work: () => Result): Result {
    if (undo !== null) return work()
    undo = []
    try {
      return work()
    } catch (error) {
      for (const step of undo.reverse()) step()
      throw error
    } finally {
      undo = null
    }
  }

  function put<Document>(kind: RowKind<Document>, id: string, document: Document, tag?: string): void {
    const rows = rowsOf(kind)
    const before = rows.get(id)
    const seq = before?.seq ?? ++lastSeq
    rows.set(id, { seq, id, text: JSON.stringify(document), tag })
    undo?.push(() => (before === undefined ? rows.delete(id) : rows.set(id, before)))
  }

  return {
    transact,
    put,
    get(kind, id) {
      const row = rowsOf(kind).get(id)
      return row === undefined ? undefined : JSON.parse(row.text)
    },
    list<Document>(kind: RowKind<Document>, filter: LogFilter = {}): LogRow<Document>[] {
      return [...rowsOf(kind).values()]
        .filter(({ tag, seq }) => (filter.tag === undefined || tag === filter.tag) && seq > (filter.after ?? 0))
        .map(({ seq, id, text }) => ({ seq, id, document: JSON.parse(text) }))
    },
    close: () => kinds.clear(),
  }
}
