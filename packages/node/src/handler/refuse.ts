import type { BursarError, Logger } from '@bursar/core'
import type { Answer } from './answer.ts'
import { errorFields } from './error-fields.ts'
import { newReference } from './new-reference.ts'
import { problemAnswer } from './problem-answer.ts'
import type { RequestContext } from './request-context.ts'
import { toBursarError } from './to-bursar-error.ts'

/** Makes a problem of what was thrown; what its caller is not told goes to the log under the same reference. */
export function refuse(context: RequestContext, thrown: unknown, logger: Logger): Answer {
  const error = toBursarError(thrown)
  const reference = error.reference ?? newReference()
  context.trail.error = error
  context.trail.reference = reference
  const isToldWhole = error.code === 'unavailable' && error.cause === undefined
  if (error.status >= 500 && !isToldWhole)
    logger.error('request failed', { reference, requestId: context.id, ...errorFields(error) })
  const answer = problemAnswer(error, reference)
  if (error.code === 'method_not_allowed') answer.headers.set('allow', methodsOf(error))
  return answer
}

function methodsOf({ data }: BursarError): string {
  const isNamed = typeof data === 'object' && data !== null && 'methods' in data
  return isNamed && typeof data.methods === 'string' ? data.methods : ''
}
