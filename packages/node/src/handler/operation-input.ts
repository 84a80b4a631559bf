import { decodeRequest, type Operation } from '@bursar/core'
import type { PathParameters } from './endpoint.ts'
import { readJsonBody } from './read-json-body.ts'
import type { RequestContext } from './request-context.ts'

const WITH_BODY = ['POST', 'PATCH', 'PUT']
const NO_QUERY = new URLSearchParams()

/**
 * The input of an operation out of path, query and body; what its schema says of it, `commerce.invoke` checks.
 * @throws `invalid_input` and what is wrong with the body
 */
export async function operationInput(
  operation: Operation,
  context: RequestContext,
  path: PathParameters,
): Promise<unknown> {
  const { request } = context
  const body = WITH_BODY.includes(request.method) ? await readJsonBody(context) : undefined
  return decodeRequest(operation, {
    path,
    body,
    query: request.url.includes('?') ? new URL(request.url).searchParams : NO_QUERY,
  })
}
