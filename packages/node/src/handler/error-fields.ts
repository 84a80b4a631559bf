import { isBursarError, type JsonObject } from '@bursar/core'
import { redactText } from '../logging/redact-text.ts'

/** How many causes are followed: a chain can be a circle. */
const DEEPEST = 5

/** An error and what caused it, for the log of a server; never for a caller. */
export function errorFields(error: unknown, depth = 0): JsonObject {
  if (!(error instanceof Error)) return { message: redactText(String(error)) }
  const cause = error.cause === undefined || depth === DEEPEST ? undefined : errorFields(error.cause, depth + 1)
  return {
    error: isBursarError(error) ? error.code : error.name,
    message: redactText(error.message),
    stack: redactText(error.stack ?? ''),
    cause,
  }
}
