import { type BursarError, type ErrorCode, toProblem } from '@bursar/core'

/** Seconds after which another try is worth it, where an error does not say. */
const RETRY_AFTER: Partial<Record<ErrorCode, number>> = { unavailable: 2, rate_limited: 5 }

/**
 * An error as RFC 9457 problem details. `code` is what a program reads, `detail` what a person does.
 * @see https://www.rfc-editor.org/rfc/rfc9457
 */
export function problemResponse(error: BursarError, reference: string): Response {
  const retryAfter = error.retryAfter ?? RETRY_AFTER[error.code]
  const headers = new Headers({ 'content-type': 'application/problem+json' })
  if (retryAfter !== undefined) headers.set('retry-after', String(Math.ceil(retryAfter)))
  if (error.code === 'unauthenticated') headers.set('www-authenticate', 'Bearer')
  const problem = { type: 'about:blank', ...toProblem(error), reference, retryAfter }
  return new Response(JSON.stringify(problem), { status: error.status, headers })
}
