import type { Problem } from '../contract/problem.ts'
import { type BursarError, CodedError, type ErrorCode } from '../errors/index.ts'

/** The error that the server threw; a code that this version does not know is kept as it came. */
export function errorOf(status: number, headers: Headers, answer: unknown): BursarError {
  const said = answer as Partial<Problem> | null | undefined
  // Without a code they are not our server's words: something between, or a wrong address.
  const {
    code,
    detail: message,
    ...details
  }: Partial<Problem> = typeof said?.code === 'string'
    ? said
    : {
        code: status === 429 ? 'rate_limited' : status > 500 ? 'unavailable' : 'internal',
        detail: `${status} without a code: is baseUrl right?`,
      }
  const wait = Number(details.retryAfter ?? headers.get('retry-after'))
  const retryAfter = wait > 0 && wait < Infinity ? wait : undefined
  return new CodedError([code as ErrorCode, status, `${code}`], { ...details, message, retryAfter })
}
