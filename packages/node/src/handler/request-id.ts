const REQUEST_ID = /^[A-Za-z0-9._-]{8,64}$/

/** The caller's `Bursar-Request-Id`, 8 to 64 characters of `A–Z a–z 0–9 . _ -`, else a new one: it goes into logs. */
export function requestIdOf(request: Request): string {
  const given = request.headers.get('bursar-request-id')
  return given !== null && REQUEST_ID.test(given) ? given : crypto.randomUUID()
}
