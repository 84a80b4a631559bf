import type { AddressText } from '../contract/addresses.ts'
import type { OperationOptions } from '../contract/index.ts'
import type { Problem } from '../contract/problem.ts'
import { UNAVAILABLE } from '../errors/client-codes.ts'
import { CodedError, type ErrorCode } from '../errors/index.ts'
import { systemFetch } from '../ports/system-runtime.ts'
import type { ClientOptions } from './client-options.ts'
import { toRequest } from './to-request.ts'

/** Does an operation by a request. */
export async function remoteInvoke(
  options: ClientOptions,
  text: AddressText,
  input: object,
  call: OperationOptions,
): Promise<unknown> {
  const { baseUrl, fetch = systemFetch, timeoutMs = 30_000 } = options
  const [address, init] = toRequest(text, input)
  const headers = await headersOf(options, call, init.body)
  const signal = AbortSignal.any([AbortSignal.timeout(timeoutMs), call.signal ?? []].flat())
  let response: Response
  let body: string
  try {
    response = await fetch(baseUrl.replace(/\/$/, '') + address, { ...init, headers, signal })
    body = await response.text()
  } catch (cause) {
    call.signal?.throwIfAborted() // with the caller's own reason; all else is a server that did not answer
    throw new CodedError(UNAVAILABLE, { cause })
  }
  const { status } = response
  if (status === 204) return undefined
  let answer: Partial<Problem> | null = null
  try {
    answer = JSON.parse(body)
    if (status < 300) return answer
  } catch {
    // A proxy's page.
  }
  // The error that the server threw, as it came. Without a code they are not its words: something between, or a wrong address.
  const {
    code = status === 429 ? 'rate_limited' : status > 500 ? 'unavailable' : 'internal',
    detail = `The answer was ${status}: is baseUrl right?`,
    retryAfter = response.headers.get('retry-after'),
    ...details
  } = answer ?? {}
  const seconds = Number(retryAfter) || undefined
  throw new CodedError([`${code}` as ErrorCode, status, detail], { ...details, retryAfter: seconds })
}

async function headersOf(
  { token, cartToken, site, headers }: ClientOptions,
  call: OperationOptions,
  body: string | undefined,
): Promise<Record<string, string>> {
  const said = <Value>(secret: Value | (() => Value)) => (secret instanceof Function ? secret() : secret)
  const bearer = await said(token)
  const given: Record<string, string | number | false | null | undefined> = {
    'content-type': body && 'application/json',
    'bursar-site': site,
    'bursar-cart-token': call.cartToken ?? said(cartToken),
    authorization: bearer && `Bearer ${bearer}`,
    'idempotency-key': call.idempotencyKey,
    'bursar-expand': call.expand,
    'if-match': call.ifVersion !== undefined && `"${call.ifVersion}"`,
  }
  const sent = Object.entries(given).filter(([, value]) => value)
  return { accept: 'application/json', ...headers, ...Object.fromEntries(sent) }
}
