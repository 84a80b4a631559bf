import { type Commerce, silentLogger } from '@bursar/core'
import { handlerOf } from './answer.ts'
import { bodyRoom } from './body-room.ts'
import { boundRequests } from './bound-requests.ts'
import { buyEndpoint } from './buy-endpoint.ts'
import { codesEndpoint } from './codes-endpoint.ts'
import { allowOrigin } from './cors.ts'
import { endpointRouter } from './endpoint-router.ts'
import type { Handler, HandlerOptions } from './handler-options.ts'
import { healthEndpoints } from './health-endpoints.ts'
import { logRequest } from './log-request.ts'
import { openapiEndpoint } from './openapi-endpoint.ts'
import { operationEndpoints } from './operation-endpoints.ts'
import { refuse } from './refuse.ts'
import { rememberRefusals } from './remember-refusals.ts'
import { requestContext } from './request-context.ts'
import { secure } from './security-headers.ts'
import { themeEndpoint } from './theme-endpoint.ts'
import { webhookEndpoint } from './webhook-endpoint.ts'

/**
 * The whole HTTP API as one function on Web standards: every operation, webhooks, `GET /v1/buy`,
 * `GET /v1/site/theme.css`, the codes of a batch as a file, `/openapi.json`, `/health/live` and `/health/ready`. Mount it before any body parser.
 *
 * Errors are RFC 9457 problem details with a reference that the log has too. Of a request, the site comes from
 * `Bursar-Site` or the host name. A browser's request that can change something must come from the site's host or from
 * an origin that the site lists; only such a request may use the cookie that keeps an anonymous cart.
 *
 * @example
 * ```ts
 * const handler = createHandler(commerce)
 * const response = await handler(new Request('https://shop.example.org/v1/site'))
 * ```
 */
export function createHandler(commerce: Commerce, options: HandlerOptions = {}): Handler {
  const logger = options.logger ?? silentLogger
  const endpoints = [
    ...operationEndpoints(commerce),
    webhookEndpoint(commerce),
    buyEndpoint(commerce),
    themeEndpoint(commerce),
    codesEndpoint(commerce, logger),
    openapiEndpoint(),
    ...healthEndpoints(commerce),
  ]
  const route = boundRequests(endpointRouter(endpoints, options.basePath ?? ''), options.maxInFlight)
  const served = {
    commerce,
    limits: options.rateLimits && rememberRefusals(options.rateLimits),
    room: bodyRoom(),
  }

  return handlerOf(async (request, info) => {
    const started = performance.now()
    const context = requestContext(served, request, info)
    const answer = await route(context).catch((error: unknown) => refuse(context, error, logger))
    await allowOrigin(context, answer)
    secure(answer)
    answer.headers.set('bursar-request-id', context.id)
    logRequest(logger, context, { status: answer.status, milliseconds: performance.now() - started })
    return request.method === 'HEAD' ? { ...answer, body: null } : answer
  }, logger)
}
