import type { Logger } from '@bursar/core'
import type { RateLimits } from './rate-limits.ts'

/** How the handler is mounted and where it writes. */
export interface HandlerOptions {
  /** Gets one line per request and the details of unexpected errors. @default writes nothing */
  logger?: Logger | undefined
  /**
   * Path under which the host mounts the handler, where the host does not cut it off: `/shop`. Express and Hono's
   * `mount` cut it off, Next.js and Fastify do not. A request outside of it is `not_found`. @default none
   */
  basePath?: string | undefined
  /**
   * Requests answered at once, 1 or more. One more is refused with 503 and `Retry-After` before anything of it is read,
   * so that a process with too much to do answers some in good time instead of all too late. `/health` is not counted.
   * @default 500
   */
  maxInFlight?: number | undefined
  /**
   * Refuses with 429 and `Retry-After` who enters too many wrong codes or makes too many carts. Counted are customers by
   * their id, and shoppers by their address where the host tells it ({@link RequestInfo.address}). @default no limit
   */
  rateLimits?: RateLimits | undefined
}

/** What the host knows of a request besides the `Request`. */
export interface RequestInfo {
  /** Host name that the request was made to, where it is not the `Host` header: behind a proxy that changes it. */
  host?: string | undefined
  /** IP address of who asks. What a client can write itself is none: of `X-Forwarded-For` only what the operator's own proxy added. */
  address?: string | undefined
  /**
   * The request of node:http beneath, where there is one: it tells whether a body parser was there before, and holds a
   * body to its declared length.
   */
  incoming?: IncomingRequest | undefined
}

/** As much of node:http's `IncomingMessage` as is read here. */
export interface IncomingRequest {
  /** Did somebody begin to read the body? */
  readonly readableDidRead?: boolean | undefined
  /** Its headers, by names in lower case. */
  readonly headers?: { readonly [name: string]: string | string[] | undefined } | undefined
}

/** Answers one HTTP request; never rejects. */
export type Handler = (request: Request, info?: RequestInfo) => Promise<Response>
