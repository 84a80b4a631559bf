import type { IncomingMessage, ServerResponse } from 'node:http'
import { BursarError } from '@bursar/core'
import { getRequestListener } from '@hono/node-server'
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response'
import { type Answer, type Answerer, answererOf, toResponse } from '../handler/answer.ts'
import type { Handler, RequestInfo } from '../handler/index.ts'
import { newReference } from '../handler/new-reference.ts'
import { problemAnswer } from '../handler/problem-answer.ts'

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
  return listenerOf(answererOf(handler), options)
}

/** The same for what answers with data, too. */
export function listenerOf(answer: Answerer, options: NodeListenerOptions): NodeListener {
  return getRequestListener(
    // The types allow HTTP/2 too, whose request and answer have all that is used of them here.
    async (request, { incoming, outgoing }) => {
      const answered = await answer(request, infoOf(incoming as IncomingMessage, options))
      if (answered instanceof Response) return answered
      return isSent(answered, outgoing as ServerResponse) ? RESPONSE_ALREADY_SENT : toResponse(answered)
    },
    // A library does not replace the process's own Request and Response.
    { overrideGlobalObjects: false, errorHandler: unreadable },
  )
}

/** Sends a text at once: out of a stream it would take four turns and more. A stream is left alone. */
function isSent({ status, headers, body }: Answer, outgoing: ServerResponse): boolean {
  if (typeof body !== 'string' || outgoing.headersSent) return false
  // An object, not a list: what hosts wrap around `writeHead` takes lists apart in its own way, and loses the headers.
  outgoing.writeHead(status, { ...Object.fromEntries(headers), 'content-length': Buffer.byteLength(body) })
  outgoing.end(body)
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
  // Several headers of this name come as one list. Who did not come through all proxies is who opened the connection.
  const address = typeof forwarded === 'string' ? forwarded.split(',').at(-proxies)?.trim() : undefined
  return address === undefined || address === '' ? socket.remoteAddress : withoutPort(address)
}

/** Some proxies add the port that the connection came from, which is another each time. */
function withoutPort(address: string): string {
  const [, ipv6, ipv4] = /^\[([^\]]+)\](?::\d+)?$|^([\d.]+):\d+$/.exec(address) ?? []
  return ipv6 ?? ipv4 ?? address
}

/** A request without a usable address or host name, which is not one that a handler can be given. */
function unreadable(cause: unknown): Response {
  const message = 'The address or the Host header of the request is not valid.'
  return toResponse(problemAnswer(new BursarError('invalid_input', { message, cause }), newReference()))
}
