import { BursarError, isBursarError, isStorageUnavailable } from '@bursar/core'

/** What is told to the caller of whatever was thrown: nothing of an error that nobody expected. */
export function toBursarError(error: unknown): BursarError {
  if (isBursarError(error)) return error
  if (isStorageUnavailable(error)) return new BursarError('unavailable', { cause: error })
  return new BursarError('internal', { cause: error })
}
