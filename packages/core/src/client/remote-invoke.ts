import type { Invoke } from '../contract/build-client.ts'
import type { OperationOptions } from '../contract/index.ts'
import { systemFetch } from '../ports/system-runtime.ts'
import { clientError } from './client-error.ts'
import type { ClientOptions, Send } from './client-options.ts'
import { errorOf, readJson } from './error-of-response.ts'
import { toAddress } from './to-address.ts'

/** Does an operation by a request. */
export function remoteInvoke(options: ClientOptions): Invoke {
  const send = options.fetch ?? systemFetch
  return async (_operation, input, call, route) => {
    const { address, body } = toAddress(route, input as object) // a client's methods take objects
    const { status, headers, text } = await receive(send, options.baseUrl.replace(/\/$/, '') + address, {
      method: route.method,
      headers: await headersOf(options, call, body),
      signal: untilTimeout(call.signal, options.timeoutMs ?? 30_000),
      ...(body === undefined ? {} : { body }),
    }).catch((cause) => {
      // The caller's own signal is the caller's own reason; all else is a server that did not answer.
      throw call.signal?.aborted ? call.signal.reason : clientError('unavailable', { cause })
    })
    if (status === 204) return undefined
    const answer = readJson(text)
    if (status < 300 && answer !== undefined) return answer
    throw errorOf(status, headers, answer)
  }
}

async function receive(
  send: Send,
  address: string,
  init: RequestInit,
): Promise<{ status: number; headers: Headers; text: string }> {
  const response = await send(address, init)
  return { status: response.status, headers: response.headers, text: await response.text() }
}

const untilTimeout = (signal: AbortSignal | undefined, milliseconds: number): AbortSignal => {
  const timeout = AbortSignal.timeout(milliseconds)
  return signal === undefined ? timeout : AbortSignal.any([signal, timeout])
}

async function headersOf(
  options: ClientOptions,
  call: OperationOptions,
  body: string | undefined,
): Promise<Record<string, string>> {
  const { token, cartToken } = options
  const bearer = typeof token === 'function' ? await token() : token
  const given: Record<string, string | number | false | null | undefined> = {
    'content-type': body !== undefined && 'application/json',
    'bursar-site': options.site,
    'bursar-cart-token': call.cartToken ?? (typeof cartToken === 'function' ? cartToken() : cartToken),
    authorization: bearer && `Bearer ${bearer}`,
    'idempotency-key': call.idempotencyKey,
    'if-match': call.ifVersion !== undefined && `"${call.ifVersion}"`,
  }
  const headers: Record<string, string> = { accept: 'application/json', ...options.headers }
  for (const [name, value] of Object.entries(given)) if (value) headers[name] = String(value)
  return headers
}
