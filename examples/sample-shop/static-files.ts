import { readFile } from 'node:fs/promises'
import { extname, join, normalize, sep } from 'node:path'

const TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
  '.woff2': 'font/woff2',
}

/** What is the API's own and so never a page. */
const API = /^\/(?:v1|health)\/|^\/openapi\.json$/

/**
 * Pages of the browser, from a built folder: a file by its path, and `index.html` for every address that the pages
 * themselves know. Answers null for what is the API's, and for all where nothing was built.
 */
export function staticFiles(folder: string): (request: Request) => Promise<Response | null> {
  return async (request) => {
    const { pathname, hostname } = new URL(request.url)
    if ((request.method !== 'GET' && request.method !== 'HEAD') || API.test(pathname)) return null
    const file = await read(folder, pathname)
    if (file !== null) return file
    if (extname(pathname) !== '') return null
    return read(folder, '/index.html', { 'content-security-policy': pagePolicy(hostname) })
  }
}

async function read(folder: string, pathname: string, headers: Record<string, string> = {}): Promise<Response | null> {
  const path = normalize(join(folder, decode(pathname)))
  const type = TYPES[extname(path)]
  if (!path.startsWith(folder + sep) || type === undefined) return null
  const bytes = await readFile(path).catch(() => null)
  if (bytes === null) return null
  // Vite puts a hash of the content into the names in assets/.
  const isNamedByContent = pathname.startsWith('/assets/')
  return new Response(bytes, {
    headers: {
      'content-type': type,
      'cache-control': isNamedByContent ? 'public, max-age=31536000, immutable' : 'no-cache',
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'same-origin',
      ...headers,
    },
  })
}

function decode(pathname: string): string {
  try {
    return decodeURIComponent(pathname)
  } catch {
    return '/'
  }
}

/** The page runs its own files alone, and frames nothing but the processor's card form. */
function pagePolicy(hostname: string): string {
  const processor = hostname === 'localhost' ? 'http://127.0.0.1:*' : 'http://localhost:*'
  return [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "font-src 'self'",
    "img-src 'self' data:",
    "connect-src 'self'",
    `frame-src 'self' ${processor}`,
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; ')
}
