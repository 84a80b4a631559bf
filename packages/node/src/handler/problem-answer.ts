import { type BursarError, type ErrorCode, toProblem } from '@bursar/core'
import { type Answer, answerOf } from './answer.ts'

/** Seconds after which another try is worth it, where an error does not say. */
const RETRY_AFTER: Partial<Record<ErrorCode, number>> = { unavailable: 2, rate_limited: 5 }

/**
 * An error as RFC 9457 problem details. `code` is what a program reads, `detail` what a person does.
 * @see https://www.rfc-editor.org/rfc/rfc9457
 */
export function problemAnswer(error: BursarError, reference: string): Answer {
  const retryAfter = error.retryAfter ?? RETRY_AFTER[error.code]
  const problem = { type: 'about:blank', ...toProblem(error), status: statusOf(error), reference, retryAfter }
  const answer = answerOf(error.status, { 'content-type': 'application/problem+json' }, JSON.stringify(problem))
  if (retryAfter !== undefined) answer.headers.set('retry-after', String(Math.ceil(retryAfter)))
  if (error.code === 'unauthenticated') answer.headers.set('www-authenticate', 'Bearer')
  return answer
}

/**
 * A problem of another address than was asked for says no status: then no client takes it for an answer to what it asked.
 * A proxy that puts another prefix before a path, or takes one off, must not make a shopper's cart one that is not there.
 */
const statusOf = ({ code, status }: BursarError): number | undefined =>
  code === 'no_such_address' ? undefined : status
