import type { LogFilter, LogRow, RowKind, SimulationLog } from './simulation-log.ts'

interface StoredRow {
  readonly seq: number
  readonly id: string
  readonly document: unknown
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
    rows.set(id, { seq, id, document: frozenCopy(document), tag })
    undo?.push(() => (before === undefined ? rows.delete(id) : rows.set(id, before)))
  }

  return {
    transact,
    put,
    get: <Document>(kind: RowKind<Document>, id: string) => rowsOf(kind).get(id)?.document as Document | undefined, // by kind
    list<Document>(kind: RowKind<Document>, filter: LogFilter = {}): LogRow<Document>[] {
      return [...rowsOf(kind).values()]
        .filter(({ tag, seq }) => (filter.tag === undefined || tag === filter.tag) && seq > (filter.after ?? 0))
        .map(({ seq, id, document }) => ({ seq, id, document: document as Document })) // by kind
    },
    close: () => kinds.clear(),
  }
}

/** What JSON would keep of it. Nobody can change it, so that all who read it may share it. */
function frozenCopy(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return Object.freeze(value.map(frozenCopy))
  const kept: Record<string, unknown> = {}
  for (const [name, member] of Object.entries(value)) if (member !== undefined) kept[name] = frozenCopy(member)
  return Object.freeze(kept)
}
