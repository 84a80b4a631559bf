import type { Answer } from './answer.ts'

/** An API's answers are data: never a page, a frame or a script, and never kept by a cache unless they say so. */
export function secure({ headers }: Answer): void {
  headers.set('x-content-type-options', 'nosniff')
  headers.set('referrer-policy', 'no-referrer')
  headers.set('content-security-policy', "default-src 'none'; frame-ancestors 'none'")
  if (!headers.has('cache-control')) headers.set('cache-control', 'no-store')
}
