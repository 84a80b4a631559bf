import { BursarError } from '@bursar/core'
import { type Context, Hono } from 'hono'
import { isPreflight, preflightResponse } from './cors.ts'
import type { Endpoint } from './endpoint.ts'
import type { RequestContext } from './request-context.ts'

/** Finds the endpoint of a request and has it answer. */
export type EndpointRouter = (context: RequestContext) => Promise<Response>

type Bindings = { Bindings: RequestContext }

/**
 * Routes requests to endpoints.
 * @throws from the function that it makes: what an endpoint throws, `not_found`, `method_not_allowed`
 */
export function endpointRouter(endpoints: readonly Endpoint[], basePath: string): EndpointRouter {
  const app = new Hono<Bindings>()
  const mounted = app.basePath(basePath === '' ? '/' : basePath)
  for (const endpoint of endpoints) {
    mounted.on(endpoint.method, pattern(endpoint.path), (c) => {
      c.env.trail.route = endpoint.path
      return endpoint.answer(c.env, c.req.param())
    })
  }
  for (const [path, methods] of methodsByPath(endpoints)) mounted.all(pattern(path), otherMethod(path, methods))
  app.notFound(() => {
    throw new BursarError('not_found', { message: 'There is no such address: /openapi.json lists those that are.' })
  })
  // One place outside makes a problem of whatever was thrown.
  app.onError((error) => {
    throw error
  })
  return async (context) => app.fetch(context.request, context)
}

/** Answers preflights and OPTIONS, and refuses the methods that a path does not know. */
function otherMethod(path: string, methods: string): (c: Context<Bindings>) => Promise<Response> {
  return async ({ env: context }) => {
    context.trail.route = path
    if (isPreflight(context.request)) return preflightResponse(context, methods)
    if (context.request.method === 'OPTIONS') return new Response(null, { status: 204, headers: { allow: methods } })
    throw new BursarError('method_not_allowed', { message: `This address knows ${methods} only.`, data: { methods } })
  }
}

function methodsByPath(endpoints: readonly Endpoint[]): Map<string, string> {
  const paths = Map.groupBy(endpoints, ({ path }) => path)
  return new Map([...paths].map(([path, some]) => [path, some.map(({ method }) => method).join(', ')]))
}

/** `{cartId}` of the contract is `:cartId` of the router. */
const pattern = (path: string): string => path.replace(/\{(\w+)\}/g, ':$1')
