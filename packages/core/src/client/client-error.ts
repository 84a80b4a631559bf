import {
  type BursarError,
  CLIENT_ERRORS,
  type ClientErrorCode,
  CodedError,
  type ErrorCode,
  type ErrorDetails,
  type ErrorEntry,
  isBursarError,
} from '../errors/index.ts'

/** An error that the client makes by itself. */
export function clientError<Code extends ClientErrorCode>(code: Code, details: ErrorDetails = {}): BursarError<Code> {
  return new CodedError(code, details, CLIENT_ERRORS[code])
}

/** The error that the server threw, whose sentence and status came with it. */
export function serverError(code: ErrorCode, details: ErrorDetails): BursarError {
  const known: { readonly [code: string]: ErrorEntry } = CLIENT_ERRORS
  return new CodedError(code, details, Object.hasOwn(known, code) ? known[code] : undefined)
}

/**
 * What an operation threw, as an error of the codes that are its own; anything else is a defect, `internal`, of which
 * nobody knows what it did.
 */
export function toBursarError<Code extends ErrorCode>(cause: unknown): BursarError<Code> {
  return (isBursarError(cause) ? cause : clientError('internal', { cause })) as BursarError<Code> // operations throw their own
}
