import type { AddressText } from '../contract/addresses.ts'
import type { OperationOptions } from '../contract/index.ts'
import type { Problem } from '../contract/problem.ts'
import { UNAVAILABLE } from '../errors/client-codes.ts'
import { CodedError, type ErrorCode } from '../errors/index.ts'
import { systemFetch } from '../ports/system-runtime.ts'
import { secondsBetween } from '../time/http-date.ts'
import type { ClientOptions } from './client-options.ts'
import { toRequest } from './to-request.ts'

/** Does an operation by a request. */
export async function remoteInvoke(
  options: ClientOptions,
  text: AddressText,
  input: object,
  call: OperationOptions,
): Promise<unknown> {
  const { baseUrl, token, fetch = systemFetch, timeoutMs = 30_000 } = options
  const [address, init] = toRequest(text, input)
  const url = baseUrl.replace(/\/$/, '') + address
  const signal = AbortSignal.any([AbortSignal.timeout(timeoutMs), call.signal ?? []].flat())
  // What heeds no signal is not waited for either.
  const answer = <Answer>(from: () => Promise<Answer>) =>
    new Promise<Answer>((resolve, reject) => {
      signal.onabort = reject
      from().then(resolve, reject)
    }).catch((cause) => {
      call.signal?.throwIfAborted() // with the caller's own reason; all else is a server that did not answer
      throw new CodedError(UNAVAILABLE, { cause: signal.reason ?? cause })
    })
  // The host's own way to know who asks may be down too.
  const headers = headersOf(options, call, await answer(async () => said(token)), init.body)
  // What no request can be made of is no outage: the platform's own TypeError says what is wrong.
  new Request(options.fetch ? 'a:' : url, { headers })
  const response = await answer(() => fetch(url, { ...init, headers, signal }))
  const body = await answer(() => response.text())
  signal.onabort = null // or it held the answer until its time
  const { status } = response
  if (status === 204) return
  let problem: Partial<Problem> | undefined
  try {
    const told = JSON.parse(body)
    if (status < 300) return told
    if (typeof told.code === 'string' && told.status === status) problem = told
  } catch {
    // A proxy's page.
  }
  // Else they are not the server's words: something between, or a wrong address, tells nothing of what the server did,
  // whatever its status, but that one has to sign in or to wait, or that something failed.
  const of = { 401: 'unauthenticated', 429: 'rate_limited', 500: 'internal' }[status]
  const {
    code = of ?? 'unavailable',
    detail = UNAVAILABLE[2],
    retryAfter = response.headers.get('retry-after'),
    ...details
  } = problem ?? {}
  // Seconds, or a date by the clock of who says it.
  const seconds = Number(retryAfter) || secondsBetween(response.headers.get('date') as string, retryAfter as string)
  throw new CodedError([code as ErrorCode, problem || of ? status : 503, detail], {
    cause: response,
    ...details,
    retryAfter: seconds > 0 ? seconds : undefined,
  })
}

const said = <Value>(secret: Value | (() => Value)): Value =>
  typeof secret === 'function' ? (secret as () => Value)() : (secret as Value) // no secret is a function that is not asked

function headersOf(
  { cartToken, site, headers }: ClientOptions,
  call: OperationOptions,
  bearer: string | null | undefined,
  body: string | undefined,
): Record<string, string> {
  const given: Record<string, string | number | false | null | undefined> = {
    'content-type': body && 'application/json',
    'bursar-site': site,
    'bursar-cart-token': call.cartToken ?? said(cartToken),
    authorization: bearer && `Bearer ${bearer}`,
    'idempotency-key': call.idempotencyKey,
    'bursar-expand': call.expand,
    'if-match': call.ifVersion != null && `"${call.ifVersion}"`,
  }
  for (const name in given) if (!given[name]) delete given[name]
  return { accept: 'application/json', ...headers, ...(given as Record<string, string>) }
}
