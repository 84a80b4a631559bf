import { INTERNAL } from '../errors/client-codes.ts'
import {
  type BursarError,
  type ClientError,
  CodedError,
  type ErrorCode,
  type ErrorDetails,
  isBursarError,
} from '../errors/index.ts'

/** An error that the client makes by itself. */
export function clientError<Code extends ErrorCode>(
  row: ClientError<Code>,
  details: ErrorDetails = {},
): BursarError<Code> {
  return new CodedError(...row, details)
}

/**
 * What an operation threw, as an error of the codes that are its own; anything else is a defect, `internal`, of which
 * nobody knows what it did.
 */
export function toBursarError<Code extends ErrorCode>(cause: unknown): BursarError<Code> {
  return (isBursarError(cause) ? cause : clientError(INTERNAL, { cause })) as BursarError<Code> // operations throw their own
}
