import { BursarError, type Commerce, type Operation, type OperationOutput, operations } from '@bursar/core'
import type { Answer } from './answer.ts'
import { cartCookie } from './cart-cookie.ts'
import type { Endpoint, PathParameters } from './endpoint.ts'
import { jsonAnswer } from './json-answer.ts'
import { operationInput } from './operation-input.ts'
import { operationOptions } from './operation-options.ts'
import { isForeignChange } from './own-origin.ts'
import type { RequestContext } from './request-context.ts'
import { actsOf, withinLimits } from './within-limits.ts'

/** Every operation of the contract, the storefront's and the admin's. */
export function operationEndpoints(commerce: Commerce): readonly Endpoint[] {
  return operations.map((operation) => ({
    method: operation.route.method,
    path: operation.route.path,
    answer: (context, parameters) => answerOperation(commerce, operation, context, parameters),
  }))
}

/** Who asks comes before what: nobody's body is read for a caller who is refused. */
async function answerOperation(
  commerce: Commerce,
  operation: Operation,
  context: RequestContext,
  parameters: PathParameters,
): Promise<Answer> {
  await refuseForeignChange(context)
  const principal = await context.principal('from_own_pages', operation.name.startsWith('orders.') ? 'orders' : 'carts')
  const input = await operationInput(operation, context, parameters)
  const options = operationOptions(context.request)
  const invoke = () => commerce.invoke(operation.name, principal, input, options)
  const output = await withinLimits(context, principal, actsOf(operation.name, input), invoke)
  const answer = jsonAnswer(output, operation.route.status ?? 200)
  if (operation.name === 'carts.create') keepNewToken(context.request, output, answer.headers)
  return answer
}

/**
 * A page of the shop's own origin gets the token of a new anonymous cart as a cookie too; so does who says nothing, such
 * as a server that renders. A page of another origin, also of a listed one, must keep it itself.
 */
function keepNewToken(request: Request, output: unknown, headers: Answer['headers']): void {
  const from = request.headers.get('sec-fetch-site') ?? 'same-origin'
  const { token } = output as Partial<OperationOutput<'carts.create'>> // of that operation
  if (token !== undefined && from === 'same-origin') headers.set('set-cookie', cartCookie(request, token))
}

async function refuseForeignChange(context: RequestContext): Promise<void> {
  const { origins } = await context.site()
  if (!isForeignChange(context.request, { host: context.host, origins })) return
  const message = 'This origin may not call the shop from a browser: list it among the site’s origins.'
  throw new BursarError('forbidden', { message, reason: 'origin_not_listed' })
}
