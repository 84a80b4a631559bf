import type { Json } from '../json/index.ts'
import type { ClientError } from './client-codes.ts'
import type { ErrorCode } from './codes.ts'

/** What was wrong at one place of the input. */
export interface InputIssue {
  /** Where: member names and indexes joined by dots, such as `lines.0.quantity`. */
  path: string
  /** What was wrong and what to do. */
  message: string
}

/** What an error may carry besides its code. */
export interface ErrorDetails {
  /** A sentence of its own, instead of the code's. */
  message?: string | undefined
  /** Which part of the input was wrong. */
  issues?: readonly InputIssue[] | undefined
  /** A second, finer reason, such as `no_price`. */
  reason?: string | undefined
  /** What else the caller needs: both quotes of `price_changed`, the missing kinds of `consent_required`. JSON. */
  data?: Json | undefined
  /** Eight characters by which support finds the request. */
  reference?: string | undefined
  /** Seconds to wait before another try. */
  retryAfter?: number | undefined
  /** HTTP status of a code that this version of the package does not know. @default the code's own, else 500 */
  status?: number | undefined
  /** The error beneath; never shown to a caller. */
  cause?: unknown
}

/** Tells the error, also that of another copy of the package. */
export const MARK: unique symbol = Symbol.for('bursar.error')

/** An error with a code, of which all is given: so that a browser need not have the table. */
export class CodedError<Code extends ErrorCode = ErrorCode> extends Error {
  declare readonly [MARK]: true
  /** Stable code. */
  declare readonly code: Code
  /** HTTP status. */
  declare readonly status: number
  /** Which part of the input was wrong; empty if that is not what failed. */
  declare readonly issues: readonly InputIssue[]
  /** A second, finer reason. */
  declare readonly reason: string | undefined
  /** What else the caller needs. */
  declare readonly data: Json | undefined
  /** Eight characters by which support finds the request. */
  declare readonly reference: string | undefined
  /** Seconds to wait before another try. */
  declare readonly retryAfter: number | undefined
  /** May the same request be sent again, unchanged, with the same key? */
  declare readonly isRetryable: boolean

  constructor(
    [code, status, sentence]: ClientError<Code>,
    { message = sentence, issues = [], ...others }: ErrorDetails = {},
  ) {
    super(message, others)
    // A gateway's own page, whatever its status, is `unavailable`.
    const isRetryable = /429|503| unavailable|_conflict|_progress/.test(`${status} ${code}`)
    Object.assign(this, others, { name: 'BursarError', [MARK]: true, code, status, issues, isRetryable })
  }
}
