/** SQLSTATE codes. @see https://www.postgresql.org/docs/current/errcodes-appendix.html */
const DIVISION_BY_ZERO = '22012'
const UNIQUE_VIOLATION = '23505'
const READ_ONLY = '25006'
/** serialization_failure, deadlock_detected: rolled back whole, and good to be sent again as it is. */
const COLLISIONS = ['40001', '40P01']
/** lock_not_available: `lock_timeout` is over. */
const LOCK_TIMEOUT = '55P03'
/** Bad text for a number, a NUL in a text, an unfit value: what a caller gave. */
const BAD_VALUES = ['22P02', '22021', '22003', '22P05']

/**
 * Classes of what says nothing of a statement: the line to the server, its transaction, a collision, its memory and disk, what it
 * is doing, what its operator stopped, its own files and faults; and a statement that a pooler has left on another connection.
 */
const OUTAGE_CLASSES = ['08', '25', '26', '28', '40', '53', '55', '57', '58', 'XX']
/** insufficient_privilege, and a statement that a pooler's connection has prepared already: what the operator sets right. */
const OF_OPERATOR = ['42501', '42P05']

/** An error that the server reported. */
interface ServerError extends Error {
  readonly code: string
  readonly severity: string
  readonly constraint?: string | undefined
}

/** A statement said no: `select 1 / count(*)` over what it should have changed. */
export function isRefusal(error: unknown): boolean {
  return codeOf(error) === DIVISION_BY_ZERO
}

/** The name of the constraint or index that a statement broke; null for any other error. */
export function brokenConstraint(error: unknown): string | null {
  return codeOf(error) === UNIQUE_VIOLATION && isServerError(error) ? (error.constraint ?? '') : null
}

/** Two transactions met; nothing was done. */
export function isCollision(error: unknown): boolean {
  return COLLISIONS.includes(codeOf(error))
}

/** A lock was not to be had in time; nothing was done. */
export function isLockTimeout(error: unknown): boolean {
  return codeOf(error) === LOCK_TIMEOUT
}

/** A value that no column takes. */
export function isBadValue(error: unknown): boolean {
  return BAD_VALUES.includes(codeOf(error))
}

/** A server, or a transaction, that takes no writes: a standby, or a primary that was told so. */
export function isReadOnly(error: unknown): boolean {
  return codeOf(error) === READ_ONLY
}

/** The role may not do this. */
export function isNotAllowed(error: unknown): boolean {
  return codeOf(error) === '42501'
}

/** A database that has not these tables, or not these columns. */
export function isMissingTable(error: unknown): boolean {
  return ['42P01', '42703', '3F000'].includes(codeOf(error))
}

/** The server could do no work just now, or not before somebody has seen to it; any other error is of what it was asked. */
export function isOutage(error: unknown): boolean {
  const code = codeOf(error)
  return OUTAGE_CLASSES.includes(code.slice(0, 2)) || OF_OPERATOR.includes(code) || isMissingTable(error)
}

/** The server said that the statement failed and goes on: the transaction is rolled back for certain. */
export function isRolledBack(error: unknown): boolean {
  return isServerError(error) && error.severity === 'ERROR'
}

function codeOf(error: unknown): string {
  return isServerError(error) ? error.code : ''
}

function isServerError(error: unknown): error is ServerError {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' && 'severity' in error
}
