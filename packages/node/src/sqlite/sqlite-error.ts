import { StorageUnavailableError } from '@bursar/core/storage-adapter'

/** Result codes of SQLite. @see https://www.sqlite.org/rescode.html */
const BUSY = 5
const LOCKED = 6
const CORRUPT = 11
const FULL = 13
const UNIQUE = [1555, 2067]
/** NOMEM, READONLY, IOERR, CORRUPT, FULL, CANTOPEN, PROTOCOL, NOTADB: the storage fails, not the statement. */
const FAILURES = [7, 8, 10, CORRUPT, FULL, 14, 15, 26]

/** What to do where a file cannot be opened, or is damaged, by result code. */
const ADVICE: { readonly [code: number]: string } = {
  5: 'Another process is writing it.',
  8: 'May this process write the file, and in its folder?',
  10: 'Is the disk full, or failing?',
  [CORRUPT]:
    'Stop every process that uses it, move it away with its -wal and -shm, and copy a backup to its name: beside a backup that was copied back, no -wal of before may stand.',
  [FULL]: 'The disk is full, or the file has the size that `maxFileBytes` allows.',
  14: 'Is its folder there, and may this process write in it?',
  26: 'It was made by another program: name another file, or restore this one.',
}

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

/**
 * What is thrown where nothing was read or written: that the storage could do no work just now, or not before somebody has
 * seen to it. Any other error is of what it was asked, and stays as it is.
 */
export function nothingDone(what: 'read' | 'write', error: unknown): unknown {
  if (!(error instanceof Error) || !(isBusy(error) || isStorageFailure(error))) return error
  const message = `SQLite did not ${what}: ${error.message}${adviceOfDamage(error)}`
  return new StorageUnavailableError(message, { outcome: 'nothing', cause: error })
}

/** The columns, as `table.column`, of the unique key that a statement broke; null for any other error. */
export function brokenUniqueKey(error: unknown): string | null {
  if (!UNIQUE.includes(extendedCode(error)) || !(error instanceof Error)) return null
  return error.message.slice(error.message.indexOf('failed: ') + 'failed: '.length)
}

/** A sentence that says what to do, after a space, or nothing. */
export function adviceOf(error: unknown): string {
  const advice = ADVICE[sqliteCode(error)]
  return advice === undefined ? '' : ` ${advice}`
}

/** What to do about a file that is damaged, after a space, or nothing: the damage is found only where it is read. */
function adviceOfDamage(error: unknown): string {
  return sqliteCode(error) === CORRUPT ? `.${adviceOf(error)}` : ''
}

/** SQLite's primary result code, 0 for an error that is not of SQLite. */
export function sqliteCode(error: unknown): number {
  return extendedCode(error) & 0xff
}

function extendedCode(error: unknown): number {
  if (!(error instanceof Error) || !('errcode' in error) || typeof error.errcode !== 'number') return 0
  return error.errcode
}
