import { BursarError } from '@bursar/core'
import { type Context, Hono } from 'hono'
import { type Answer, answerOf } from './answer.ts'
import { isPreflight, preflightAnswer } from './cors.ts'
import type { Endpoint } from './endpoint.ts'
import type { RequestContext } from './request-context.ts'

/** Finds the endpoint of a request and has it answer. */
export type EndpointRouter = (context: RequestContext) => Promise<Answer>

/** What Hono hands to endpoints, and where they put their answer. */
type Asked = { readonly context: RequestContext; answer?: Answer }
type Bindings = { Bindings: Asked }

/** Hono wants one; what is answered stands beside it. */
const ANSWERED = new Response(null)

/**
 * Routes requests to endpoints.
 * @throws from the function that it makes: what an endpoint throws, `no_such_address`, `method_not_allowed`
 */
export function endpointRouter(endpoints: readonly Endpoint[], basePath: string): EndpointRouter {
  const app = new Hono<Bindings>()
  const mounted = app.basePath(basePath === '' ? '/' : basePath)
  for (const endpoint of endpoints) {
    mounted.on(endpoint.method, pattern(endpoint.path), async ({ env, req }) => {
      env.context.trail.route = endpoint.path
      env.answer = await endpoint.answer(env.context, req.param())
      return ANSWERED
    })
  }
  for (const [path, methods] of methodsByPath(endpoints)) mounted.all(pattern(path), otherMethod(path, methods))
  app.notFound(() => {
    throw new BursarError('no_such_address')
  })
  // One place outside makes a problem of whatever was thrown.
  app.onError((error) => {
    throw error
  })
  return async (context) => {
    const asked: Asked = { context }
    await app.fetch(context.request, asked)
    if (asked.answer === undefined) throw new BursarError('no_such_address')
    return asked.answer
  }
}

/** Answers preflights and OPTIONS, and refuses the methods that a path does not know. */
function otherMethod(path: string, methods: string): (c: Context<Bindings>) => Promise<Response> {
  return async ({ env }) => {
    const { context } = env
    context.trail.route = path
    if (isPreflight(context.request)) env.answer = await preflightAnswer(context, methods)
    else if (context.request.method === 'OPTIONS') env.answer = answerOf(204, { allow: methods })
    else
      throw new BursarError('method_not_allowed', { message: `This address knows ${methods} only.`, data: { methods } })
    return ANSWERED
  }
}

function methodsByPath(endpoints: readonly Endpoint[]): Map<string, string> {
  const paths = Map.groupBy(endpoints, ({ path }) => path)
  return new Map([...paths].map(([path, some]) => [path, some.map(({ method }) => method).join(', ')]))
}

/** `{cartId}` of the contract is `:cartId` of the router. */
const pattern = (path: string): string => path.replace(/\{(\w+)\}/g, ':$1')
