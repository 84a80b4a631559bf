import type { Problem } from '../contract/problem.ts'
import { type BursarError, CodedError, type ErrorCode } from '../errors/index.ts'

/** The error that the server threw, as it came. Without a code they are not its words: something between, or a wrong address. */
export function errorOf(status: number, headers: Headers, answer: unknown): BursarError {
  const {
    code = status === 429 ? 'rate_limited' : status > 500 ? 'unavailable' : 'internal',
    detail = `The answer was ${status}: is baseUrl right?`,
    retryAfter = headers.get('retry-after'),
    ...details
  } = (answer ?? {}) as Partial<Problem>
  return new CodedError([`${code}` as ErrorCode, status, detail], {
    ...details,
    retryAfter: Number(retryAfter) || undefined,
  })
}
