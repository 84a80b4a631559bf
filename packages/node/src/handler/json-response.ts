/** The texts that answers were made of. */
const texts = new WeakMap<Response, string>()

/**
 * The whole body of an answer that was made here, if it was not read yet: a server that has it need not read it back out
 * of a stream.
 */
export function textOf(response: Response): string | undefined {
  return response.bodyUsed ? undefined : texts.get(response)
}

/** An operation's answer, with its version as the ETag that `If-Match` takes. */
export function jsonResponse(answer: unknown, status: number): Response {
  if (status === 204) return new Response(null, { status })
  const version = versionOf(answer)
  const headers = new Headers({ 'content-type': 'application/json' })
  if (version !== undefined) headers.set('etag', `"${version}"`)
  const text = JSON.stringify(answer ?? null)
  const response = new Response(text, { status, headers })
  texts.set(response, text)
  return response
}

/** The answer's version, or that of the cart in it. */
function versionOf(answer: unknown): number | undefined {
  if (typeof answer !== 'object' || answer === null) return undefined
  if ('version' in answer && typeof answer.version === 'number') return answer.version
  return 'cart' in answer ? versionOf(answer.cart) : undefined
}
