/** An operation's answer, with its version as the ETag that `If-Match` takes. */
export function jsonResponse(answer: unknown, status: number): Response {
  if (status === 204) return new Response(null, { status })
  const version = versionOf(answer)
  const headers = new Headers({ 'content-type': 'application/json' })
  if (version !== undefined) headers.set('etag', `"${version}"`)
  return new Response(JSON.stringify(answer ?? null), { status, headers })
}

/** The answer's version, or that of the cart in it. */
function versionOf(answer: unknown): number | undefined {
  if (typeof answer !== 'object' || answer === null) return undefined
  if ('version' in answer && typeof answer.version === 'number') return answer.version
  return 'cart' in answer ? versionOf(answer.cart) : undefined
}
