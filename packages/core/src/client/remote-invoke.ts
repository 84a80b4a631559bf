import type { Invoke } from '../contract/build-noun.ts'
import type { OperationOptions } from '../contract/index.ts'
import { UNAVAILABLE } from '../errors/client-codes.ts'
import { systemFetch } from '../ports/system-runtime.ts'
import { clientError } from './client-error.ts'
import type { ClientOptions } from './client-options.ts'
import { errorOf, readJson } from './error-of-response.ts'
import { toAddress } from './to-address.ts'

/** Does an operation by a request. */
export function remoteInvoke(options: ClientOptions): Invoke {
  const send = options.fetch ?? systemFetch
  return async (_operation, input, call, route) => {
    const { address, body } = toAddress(route, input as object) // a client's methods take objects
    let response: Response
    let text: string
    const headers = await headersOf(options, call, body)
    try {
      response = await send(options.baseUrl.replace(/\/$/, '') + address, {
        method: route.method,
        headers,
        signal: AbortSignal.any([call.signal ?? [], AbortSignal.timeout(options.timeoutMs ?? 30_000)].flat()),
        ...(body === undefined ? {} : { body }),
      })
      text = await response.text()
    } catch (cause) {
      // The caller's own signal is the caller's own reason; all else is a server that did not answer.
      throw call.signal?.aborted ? call.signal.reason : clientError(UNAVAILABLE, { cause })
    }
    const { status } = response
    if (status === 204) return undefined
    const answer = readJson(text)
    if (status < 300 && answer !== undefined) return answer
    throw errorOf(status, response.headers, answer)
  }
}

async function headersOf(
  options: ClientOptions,
  call: OperationOptions,
  body: string | undefined,
): Promise<Record<string, string>> {
  const { token, cartToken } = options
  const bearer = typeof token === 'function' ? await token() : token
  const given: Record<string, string | number | false | null | undefined> = {
    'content-type': body && 'application/json',
    'bursar-site': options.site,
    'bursar-cart-token': call.cartToken ?? (typeof cartToken === 'function' ? cartToken() : cartToken),
    authorization: bearer && `Bearer ${bearer}`,
    'idempotency-key': call.idempotencyKey,
    'if-match': call.ifVersion !== undefined && `"${call.ifVersion}"`,
  }
  const sent = Object.entries(given).filter(([, value]) => value)
  return { accept: 'application/json', ...options.headers, ...Object.fromEntries(sent) }
}
