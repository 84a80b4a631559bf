import type { IncomingMessage, OutgoingHttpHeaders, ServerResponse } from 'node:http'
import { BursarError } from '@bursar/core'
import { getRequestListener } from '@hono/node-server'
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response'
import type { Handler, RequestInfo } from '../handler/index.ts'
import { textOf } from '../handler/json-response.ts'
import { newReference } from '../handler/new-reference.ts'
import { problemResponse } from '../handler/problem-response.ts'

/** What stands between the browser and this process. */
export interface NodeListenerOptions {
  /**
   * Does a proxy of the operator's, and nobody else, set `X-Forwarded-Host`? Then that is the host name by which the
   * site is found. Without a proxy anybody could name any site so. @default false
   */
  trustsForwardedHost?: boolean | undefined
  /**
   * How many proxies of the operator's stand before this process, each adding an address to `X-Forwarded-For`. The
   * address of who asks is that many from its end; what a client wrote before it is not believed. Rate limits count by
   * it. @default 0: it is the address that the connection comes from
   */
  proxies?: number | undefined
}

/** What `http.createServer` and Express's `use` take. */
export type NodeListener = (incoming: IncomingMessage, outgoing: ServerResponse) => Promise<void>

/**
 * A handler for node:http, and for Express before any body parser.
 *
 * @example
 * ```ts
 * app.use('/shop', toNodeListener(createHandler(commerce)))
 * app.use(express.json())
 * ```
 */
export function toNodeListener(handler: Handler, options: NodeListenerOptions = {}): NodeListener {
  return getRequestListener(
    // The types allow HTTP/2 too, whose request and answer have all that is used of them here.
    async (request, { incoming, outgoing }) => {
      const response = await handler(request, infoOf(incoming as IncomingMessage, options))
      return sendText(response, outgoing as ServerResponse) ? RESPONSE_ALREADY_SENT : response
    },
    // A library does not replace the process's own Request and Response.
    { overrideGlobalObjects: false, errorHandler: unreadable },
  )
}

/** Sends an answer whose text is known at once: read back out of its stream, it would take four turns and more. */
function sendText(response: Response, outgoing: ServerResponse): boolean {
  const text = textOf(response)
  if (text === undefined || outgoing.headersSent) return false
  const headers: OutgoingHttpHeaders = { 'content-length': Buffer.byteLength(text) }
  for (const [name, value] of response.headers) headers[name] = value
  const cookies = response.headers.getSetCookie()
  if (cookies.length > 0) headers['set-cookie'] = cookies
  outgoing.writeHead(response.status, headers)
  outgoing.end(text)
  return true
}

function infoOf(incoming: IncomingMessage, { trustsForwardedHost, proxies = 0 }: NodeListenerOptions): RequestInfo {
  const forwarded = trustsForwardedHost === true ? incoming.headers['x-forwarded-host'] : undefined
  const host = typeof forwarded === 'string' ? forwarded.split(',', 1)[0]?.trim() : undefined
  // Some platforms read the body themselves and leave its bytes here, from where the request has them.
  return { host, address: addressOf(incoming, proxies), incoming: 'rawBody' in incoming ? undefined : incoming }
}

function addressOf({ headers, socket }: IncomingMessage, proxies: number): string | undefined {
  const forwarded = proxies === 0 ? undefined : headers['x-forwarded-for']
  // Several headers of this name come as one list.
  return typeof forwarded === 'string' ? forwarded.split(',').at(-proxies)?.trim() : socket.remoteAddress
}

/** A request without a usable address or host name, which is not one that a handler can be given. */
function unreadable(cause: unknown): Response {
  const message = 'The address or the Host header of the request is not valid.'
  return problemResponse(new BursarError('invalid_input', { message, cause }), newReference())
}
