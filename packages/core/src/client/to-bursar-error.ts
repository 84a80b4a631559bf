import { INTERNAL } from '../errors/client-codes.ts'
import { type BursarError, CodedError, type ErrorCode, isBursarError } from '../errors/index.ts'

/**
 * What an operation threw, as an error of the codes that are its own; anything else is a defect, `internal`, of which
 * nobody knows what it did.
 */
export function toBursarError<Code extends ErrorCode>(cause: unknown): BursarError<Code> {
  return (isBursarError(cause) ? cause : new CodedError(INTERNAL, { cause })) as BursarError<Code> // operations throw their own
}
