import type { Problem } from '../contract/problem.ts'
import { type BursarError, CodedError, type ErrorCode } from '../errors/index.ts'

/** JSON, or undefined where it is none, such as a proxy's page. */
export function readJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** The error that the server threw; a code that this version does not know is kept as it came. */
export function errorOf(status: number, headers: Headers, answer: unknown): BursarError {
  const problem = (answer ?? {}) as Partial<Problem> // each member is looked at before it is used
  const wait = Number(problem.retryAfter ?? headers.get('retry-after') ?? Number.NaN)
  const retryAfter = Number.isFinite(wait) ? wait : undefined
  return typeof problem.code === 'string'
    ? new CodedError(
        problem.code as ErrorCode,
        { ...problem, message: problem.detail, retryAfter },
        status,
        problem.code,
      )
    : new CodedError(codeOf(status), { retryAfter }, status, unexplained(status))
}

/** Not our server's words: something between, or a wrong address. */
const codeOf = (status: number): ErrorCode =>
  status === 429 ? 'rate_limited' : status > 500 ? 'unavailable' : 'internal'

const unexplained = (status: number): string =>
  `The address answered ${status}, but not as Bursar does: is baseUrl right?`
