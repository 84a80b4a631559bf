import type { BursarError, InputIssue } from '../errors/index.ts'
import type { Json } from '../json/index.ts'

/**
 * An error over HTTP, `application/problem+json`. Its `type` is `about:blank`, so the title is the status's own; what
 * tells errors apart is `code`.
 *
 * @see https://www.rfc-editor.org/rfc/rfc9457
 */
export interface Problem {
  /** The HTTP status in words. */
  title: string
  /** HTTP status. */
  status: number
  /** A sentence that the reader can act on. */
  detail: string
  /** Stable code. */
  code: string
  /** Which part of the input was wrong. */
  issues?: readonly InputIssue[] | undefined
  /** A second, finer reason. */
  reason?: string | undefined
  /** What else the caller needs. */
  data?: Json | undefined
  /** Eight characters by which support finds the request. */
  reference?: string | undefined
  /** Seconds to wait before another try. */
  retryAfter?: number | undefined
}

/** @see https://www.rfc-editor.org/rfc/rfc9110#section-15 */
export const STATUS_TITLES: { readonly [status: number]: string } = {
  200: 'OK',
  201: 'Created',
  204: 'No Content',
  302: 'Found',
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  405: 'Method Not Allowed',
  409: 'Conflict',
  413: 'Content Too Large',
  415: 'Unsupported Media Type',
  429: 'Too Many Requests',
  500: 'Internal Server Error',
  503: 'Service Unavailable',
}

/** The document of an error: what the client makes the same error of. Its cause stays here. */
export function toProblem(error: BursarError): Problem {
  const { status, message, code, issues, reason, data, reference, retryAfter } = error
  return {
    title: STATUS_TITLES[status] ?? 'Error',
    status,
    detail: message,
    code,
    issues: issues.length > 0 ? issues : undefined,
    reason,
    data,
    reference,
    retryAfter,
  }
}
