import { type Answer, answerOf } from './answer.ts'

/** An operation's answer, with its version as the ETag that `If-Match` takes. */
export function jsonAnswer(answer: unknown, status: number): Answer {
  if (status === 204) return answerOf(status)
  const version = versionOf(answer)
  const made = answerOf(status, { 'content-type': 'application/json' }, JSON.stringify(answer ?? null))
  if (version !== undefined) made.headers.set('etag', `"${version}"`)
  return made
}

/** The answer's version, or that of the cart in it. */
function versionOf(answer: unknown): number | undefined {
  if (typeof answer !== 'object' || answer === null) return undefined
  if ('version' in answer && typeof answer.version === 'number') return answer.version
  return 'cart' in answer ? versionOf(answer.cart) : undefined
}
