import { CodedError, type ErrorDetails } from './coded-error.ts'
import { ERRORS, type ErrorCode, type ErrorEntry } from './codes.ts'

/**
 * The one error that the API throws, in-process and over HTTP alike. Tell it by `isBursarError`, not by `instanceof`: a
 * client in a browser makes errors of the same shape without the whole table of codes.
 */
export class BursarError<Code extends ErrorCode = ErrorCode> extends CodedError<Code> {
  constructor(code: Code, details: ErrorDetails = {}) {
    const row: ErrorEntry | undefined = ERRORS[code] // a later version may have thrown it
    super([code, row?.status ?? details.status ?? 500, row?.sentence ?? code], details)
  }
}
