import type { Json, PlatformUnknown } from '@bursar/core'
import ky, { isNetworkError, isTimeoutError } from 'ky'
import PQueue from 'p-queue'
import { assertOptions, LONGEST_WAIT_MS, whole } from '../option-checks.ts'
import { isObject } from './openedx-target.ts'

/** How Open edX is reached. */
export interface OpenEdxApiOptions {
  /** Address of the LMS, such as `https://learn.example.org`. */
  readonly baseUrl: string
  /** OAuth2 application, grant type client credentials, of a service user that is global staff. */
  readonly clientId: string
  /** Its secret. */
  readonly clientSecret: string
  /**
   * Requests a minute of this process. Open edX takes 120 of a staff user, over all processes. They are spread: a tenth
   * of it in a tenth of a minute. Deliveries go first; what shoppers ask takes half of it at most. @default 100
   */
  readonly requestsPerMinute?: number | undefined
  /** Milliseconds that one request may take once it has left, to the end of its answer, 1 to 2,147,483,647. @default 10,000 */
  readonly timeoutMs?: number | undefined
  /** @default the global one */
  readonly fetch?: typeof fetch | undefined
}

/** What a request came to: an answer, a definite refusal (4xx), or nobody knows. */
export type ApiAnswer =
  | { outcome: 'ok'; body: Json }
  | { outcome: 'refused'; status: number; reason: string; body: Json }
  | PlatformUnknown

interface ApiRequest {
  readonly method: 'GET' | 'POST'
  readonly headers?: Record<string, string>
  readonly body?: URLSearchParams
  readonly json?: Json
}

/** Asks the LMS. */
export type OpenEdxApi = (method: 'GET' | 'POST', path: string, json?: Json) => Promise<ApiAnswer>

/** The LMS, asked for two ends that share its rate. */
export interface OpenEdxApis {
  /** For what delivers. */
  readonly api: OpenEdxApi
  /** For what shoppers want to know: behind deliveries, and not at all where the signal ends before its turn comes. */
  asking(signal?: AbortSignal): OpenEdxApi
}

/** Waits until a request may leave; rejects where nobody waits for it any more. */
type Turn = () => Promise<unknown>

/** A token is taken as expired so many milliseconds early, as the platform's own client does. */
const EARLY = 5000

/** Makes the one way in which the LMS is asked: with a token, within the rate, one time only. */
export function openEdxApi(options: OpenEdxApiOptions): OpenEdxApis {
  const { requestsPerMinute = 100, timeoutMs = 10_000 } = options
  const base = checkedBase(options.baseUrl)
  if (!(requestsPerMinute >= 1)) throw new Error(`requestsPerMinute is 1 or more, not ${requestsPerMinute}.`)
  assertOptions({ timeoutMs }, { timeoutMs: whole(1, LONGEST_WAIT_MS) }, 'openedx')
  const all = rateOf(requestsPerMinute)
  const half = rateOf(requestsPerMinute / 2)
  const delivering: Turn = () => all.add(leaves, { priority: 1 })
  const send = (path: string, init: ApiRequest): Promise<Response> =>
    // Never resolved: a path that begins with two slashes would be another host.
    ky(new URL(`${base}${path}`), {
      ...init,
      ...{ retry: 0, throwHttpErrors: false, redirect: 'manual' },
      // Its own limit ends with the headers; what hangs in the body is to end too.
      ...{ timeout: timeoutMs, signal: AbortSignal.timeout(timeoutMs) },
      ...(options.fetch === undefined ? {} : { fetch: options.fetch }),
    })
  let token: { readonly value: string; readonly until: number } | null = null
  let asking: Promise<string | PlatformUnknown> | null = null

  async function requestToken(): Promise<string | PlatformUnknown> {
    const { clientId, clientSecret } = options
    const form = {
      grant_type: 'client_credentials',
      client_id: clientId,
      client_secret: clientSecret,
      token_type: 'jwt',
    }
    // Deliveries may wait for it too, whoever asked for it first.
    const answer = await attempt(delivering, () =>
      send('/oauth2/access_token', { method: 'POST', body: new URLSearchParams(form) }),
    )
    if (answer.outcome === 'refused' || answer.outcome === 'expired') {
      return { outcome: 'unknown', reason: `no token: ${answer.reason}` }
    }
    if (answer.outcome === 'unknown') return answer
    const { access_token: value, expires_in: seconds } = isObject(answer.body) ? answer.body : {}
    if (typeof value !== 'string' || typeof seconds !== 'number') {
      return { outcome: 'unknown', reason: 'no token: the answer holds none' }
    }
    token = { value, until: performance.now() + seconds * 1000 - EARLY }
    return value
  }

  /** One request for a token at a time, whoever waits for it. */
  function currentToken(): Promise<string | PlatformUnknown> {
    if (token !== null && performance.now() < token.until) return Promise.resolve(token.value)
    asking ??= requestToken().finally(() => {
      asking = null
    })
    return asking
  }

  async function once(turn: Turn, ...[method, path, json]: Parameters<OpenEdxApi>) {
    const value = await currentToken()
    if (typeof value !== 'string') return value
    const headers = { Authorization: `JWT ${value}`, Accept: 'application/json' }
    const answer = await attempt(turn, () => send(path, { method, headers, ...(json === undefined ? {} : { json }) }))
    if (answer.outcome === 'expired' && token?.value === value) token = null
    return answer
  }

  const apiOf =
    (turn: Turn): OpenEdxApi =>
    async (...request) => {
      const first = await once(turn, ...request)
      // The token ended before its time: one new one.
      const answer = first.outcome === 'expired' ? await once(turn, ...request) : first
      return answer.outcome === 'expired' ? { outcome: 'unknown', reason: answer.reason } : answer
    }
  return {
    api: apiOf(delivering),
    asking: (signal) =>
      apiOf(async () => {
        await half.add(leaves, { signal })
        await all.add(leaves, { signal })
      }),
  }
}

/** A queue of what waits to leave; what has left is no matter of it. */
function rateOf(perMinute: number): PQueue {
  const burst = Math.max(1, Math.floor(perMinute / 10))
  return new PQueue({ intervalCap: burst, interval: (burst / perMinute) * 60_000, strict: true })
}

const leaves = async (): Promise<void> => {}

type Attempt = ApiAnswer | { outcome: 'expired'; reason: string }

/** Makes a request in its turn and says what came of it; never throws. */
async function attempt(turn: Turn, call: () => Promise<Response>): Promise<Attempt> {
  try {
    await turn()
  } catch {
    return { outcome: 'unknown', reason: 'not asked: nobody waits for it', isNotAsked: true }
  }
  try {
    return await classify(await call())
  } catch (error) {
    return { outcome: 'unknown', reason: silenceOf(error) }
  }
}

/** Why there is no answer, without the address that was asked: a learner's name is part of it. */
function silenceOf(error: unknown): string {
  if (isTimeoutError(error)) return 'the platform does not answer in time'
  if (!isNetworkError(error)) return error instanceof Error ? error.message : String(error)
  const { cause } = error.cause instanceof Error ? error.cause : {}
  const code = cause instanceof Error && 'code' in cause ? ` (${cause.code})` : ''
  return `the platform cannot be reached${code}`
}

async function classify(response: Response): Promise<Attempt> {
  const { status } = response
  const text = await response.text()
  if (status === 0 || (status >= 300 && status < 400)) {
    const to = response.headers.get('location')
    return {
      outcome: 'unknown',
      reason: `it redirects${to === null ? '' : ` to ${to.split('?')[0]}`} and gives no answer`,
    }
  }
  const body = parse(text)
  // Far longer than it is kept: of a learner's name across the end the half would stay.
  const reason = `${status}: ${messageOf(body) ?? response.statusText}`.slice(0, 10_000)
  if (status === 401) return { outcome: 'expired', reason }
  if (status === 429) return { outcome: 'unknown', reason, retryAfterMs: retryAfter(response, body) }
  if (status >= 500) return { outcome: 'unknown', reason }
  if (body === undefined) return { outcome: 'unknown', reason: `${status}: a page came in place of JSON` }
  return status >= 400 ? { outcome: 'refused', status, reason, body } : { outcome: 'ok', body }
}

/** JSON; null for nothing; undefined for what is none. */
function parse(text: string): Json | undefined {
  if (text.trim() === '') return null
  try {
    return JSON.parse(text) as Json
  } catch {
    return undefined
  }
}

function messageOf(body: Json | undefined): string | null {
  if (!isObject(body)) return null
  const message = body.message ?? body.detail ?? body.error_description ?? body.error ?? body.developer_message
  return typeof message === 'string' ? message : null
}

/** Milliseconds: of the header, else of the sentence that DRF writes, else a minute. */
function retryAfter(response: Response, body: Json | undefined): number {
  const header = response.headers.get('retry-after')
  const written = /available in (\d+) second/.exec(messageOf(body) ?? '')?.[1]
  const seconds = Number(header ?? written ?? Number.NaN)
  if (Number.isFinite(seconds) && seconds >= 0) return seconds * 1000
  const until = header === null ? Number.NaN : Date.parse(header) - Date.parse(response.headers.get('date') ?? '')
  return Number.isFinite(until) && until >= 0 ? until : 60_000
}

function checkedBase(baseUrl: string): string {
  const isAddress = URL.canParse(baseUrl) && /^https?:$/.test(new URL(baseUrl).protocol)
  if (!isAddress) throw new Error(`baseUrl is the http address of the LMS, not ${baseUrl}.`)
  return new URL(baseUrl).origin
}
