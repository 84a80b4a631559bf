import { type Answer, answerOf } from './answer.ts'
import type { RequestContext } from './request-context.ts'

const EXPOSED = 'ETag, Retry-After, Bursar-Request-Id'
const ALLOWED =
  'Authorization, Content-Type, Idempotency-Key, If-Match, Bursar-Cart-Token, Bursar-Site, Bursar-Expand, Bursar-Request-Id'
const TEN_MINUTES = '600'

/** Lets the pages of origins that the site lists read the answer, with the host's cookies if they send them. */
export async function allowOrigin(context: RequestContext, { headers }: Answer): Promise<void> {
  const origin = context.request.headers.get('origin')
  if (origin === null || headers.has('access-control-allow-origin')) return
  headers.set('vary', headers.get('vary') ?? 'Origin') // one of a preflight begins with it
  if (!(await isListed(context, origin))) return
  headers.set('access-control-allow-origin', origin)
  headers.set('access-control-allow-credentials', 'true')
  headers.set('access-control-expose-headers', EXPOSED)
}

/** Is it the question that a browser asks before the request itself? */
export const isPreflight = (request: Request): boolean =>
  request.method === 'OPTIONS' && request.headers.has('origin') && request.headers.has('access-control-request-method')

/**
 * The answer to a preflight. It tells that the request will carry `Bursar-Site`, but not of which site: then, and on a host
 * name that is no site's, the question is left to the request itself, which is refused if it comes from an origin that its
 * site does not list.
 */
export async function preflightAnswer(context: RequestContext, methods: string): Promise<Answer> {
  const origin = context.request.headers.get('origin') ?? ''
  const answer = answerOf(204, { vary: 'Origin, Access-Control-Request-Method, Access-Control-Request-Headers' })
  const { headers } = answer
  if (namesSite(context.request) || (await isListed(context, origin)) !== false) {
    headers.set('access-control-allow-origin', origin)
    headers.set('access-control-allow-credentials', 'true')
    headers.set('access-control-allow-methods', methods)
    headers.set('access-control-allow-headers', ALLOWED)
    headers.set('access-control-max-age', TEN_MINUTES)
  }
  return answer
}

const namesSite = ({ headers }: Request): boolean =>
  (headers.get('access-control-request-headers') ?? '').toLowerCase().split(/[ ,]+/).includes('bursar-site')

/** Null where there is no site to ask. */
async function isListed(context: RequestContext, origin: string): Promise<boolean | null> {
  const site = await context.site().catch(() => null)
  return site === null ? null : site.origins.includes(origin)
}
