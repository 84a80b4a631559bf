/** Result codes of SQLite. @see https://www.sqlite.org/rescode.html */
const BUSY = 5
const LOCKED = 6
const FULL = 13
const UNIQUE = [1555, 2067]
/** NOMEM, READONLY, IOERR, CORRUPT, FULL, CANTOPEN, PROTOCOL, NOTADB: the storage fails, not the statement. */
const FAILURES = [7, 8, 10, 11, FULL, 14, 15, 26]

/** Another process writes: try again in a while. */
export function isBusy(error: unknown): boolean {
  const code = sqliteCode(error)
  return code === BUSY || code === LOCKED
}

/** The disk, or the allowance, is full. */
export function isFull(error: unknown): boolean {
  return sqliteCode(error) === FULL
}

/** The storage itself failed: disk full, input or output, a broken file. */
export function isStorageFailure(error: unknown): boolean {
  return FAILURES.includes(sqliteCode(error))
}

/** The columns, as `table.column`, of the unique key that a statement broke; null for any other error. */
export function brokenUniqueKey(error: unknown): string | null {
  if (!UNIQUE.includes(extendedCode(error)) || !(error instanceof Error)) return null
  return error.message.slice(error.message.indexOf('failed: ') + 'failed: '.length)
}

/** SQLite's primary result code, 0 for an error that is not of SQLite. */
export function sqliteCode(error: unknown): number {
  return extendedCode(error) & 0xff
}

function extendedCode(error: unknown): number {
  if (!(error instanceof Error) || !('errcode' in error) || typeof error.errcode !== 'number') return 0
  return error.errcode
}
