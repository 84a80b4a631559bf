import { isBursarError } from '../errors/index.ts'
import { isStorageUnavailable } from '../ports/index.ts'

/** Is the storage what failed: as it says so itself, or as `decide` has told it on? `unavailable` by another cause is none. */
export function isOutage(error: unknown): boolean {
  return isStorageUnavailable(isBursarError(error, 'unavailable') ? error.cause : error)
}
