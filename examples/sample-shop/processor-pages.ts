import { readFile } from 'node:fs/promises'
import { join } from 'node:path'

/** What the processor serves to browsers, by path: its files, and nothing else. */
const FILES: Readonly<Record<string, readonly [file: string, type: string]>> = {
  '/demo/card-field': ['card-field.html', 'text/html; charset=utf-8'],
  '/demo/card-field.js': ['card-field.js', 'text/javascript; charset=utf-8'],
  '/demo/challenge': ['challenge.html', 'text/html; charset=utf-8'],
  '/demo/challenge.js': ['challenge.js', 'text/javascript; charset=utf-8'],
  '/demo/processor.css': ['processor.css', 'text/css; charset=utf-8'],
}

/** Pages under this name are shown in a frame of the shop's, which the browser lets come from the other name alone. */
const FRAMED = '/demo/card-field'

/**
 * The pages of the test processor: the card field, which a shop shows in a frame, and the bank's page of 3-D Secure, to
 * which a shopper goes. A real processor serves them from an address of its own; here the shop at `127.0.0.1` frames
 * `localhost` and the other way round, so that the browser keeps the two apart as it would there.
 */
export async function processorPages(request: Request): Promise<Response | null> {
  const { pathname } = new URL(request.url)
  const found = request.method === 'GET' && Object.hasOwn(FILES, pathname) ? FILES[pathname] : undefined
  if (found === undefined) return null
  const [file, type] = found
  return new Response(await readFile(join(import.meta.dirname, 'processor', file)), {
    headers: {
      'content-type': type,
      'cache-control': 'no-cache',
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'content-security-policy': policy(pathname === FRAMED),
    },
  })
}

/** The card field connects to nowhere: what is typed there leaves it as a token only. */
function policy(isFramed: boolean): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    `connect-src ${isFramed ? "'none'" : "'self'"}`,
    "base-uri 'none'",
    "form-action 'none'",
    `frame-ancestors ${isFramed ? 'http://127.0.0.1:* http://localhost:*' : "'none'"}`,
  ].join('; ')
}
