import type { IncomingMessage, ServerResponse } from 'node:http'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { ReadableStream as NodeStream } from 'node:stream/web'
import { BursarError, type Logger } from '@bursar/core'
import { getRequestListener } from '@hono/node-server'
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response'
import { type Answer, type Answerer, answererOf, loggerOf, toResponse } from '../handler/answer.ts'
import { errorFields } from '../handler/error-fields.ts'
import type { Handler, RequestInfo } from '../handler/index.ts'
import { newReference } from '../handler/new-reference.ts'
import { problemAnswer } from '../handler/problem-answer.ts'
import { secure } from '../handler/security-headers.ts'

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
  return listenerOf(answererOf(handler), options, loggerOf(handler))
}

/** Who speaks HTTP/1.0 need not say whom they call, as some balancers do that ask for health. By this name no site is found. */
const NO_HOST = 'host.invalid'

/** The same for what answers with data, too. */
export function listenerOf(answer: Answerer, options: NodeListenerOptions, logger: Logger): NodeListener {
  return getRequestListener(
    // The types allow HTTP/2 too, whose request and answer have all that is used of them here.
    async (request, { incoming, outgoing }) => {
      const answered = await answer(request, infoOf(incoming as IncomingMessage, options))
      if (answered instanceof Response) return answered
      const isSent = await send(answered, outgoing as ServerResponse)
      return isSent ? RESPONSE_ALREADY_SENT : toResponse(answered)
    },
    // A library does not replace the process's own Request and Response.
    { overrideGlobalObjects: false, hostname: NO_HOST, errorHandler: (error) => unreadable(error, logger) },
  )
}

/** Sends what there is to send, here: a text out of a stream would take four turns and more. */
async function send({ status, headers, body }: Answer, outgoing: ServerResponse): Promise<boolean> {
  if (body === null || outgoing.headersSent) return false
  // An object, not a list: what hosts wrap around `writeHead` takes lists apart in its own way, and loses the headers.
  const told = Object.fromEntries(headers)
  if (typeof body === 'string') {
    outgoing.writeHead(status, { ...told, 'content-length': Buffer.byteLength(body) })
    outgoing.end(body)
    return true
  }
  outgoing.writeHead(status, told)
  // What breaks off here has been logged, or its reader has left: the connection ends, so that nobody takes it for whole.
  await pipeline(Readable.fromWeb(body as NodeStream<Uint8Array>), outgoing).catch(() => {})
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
function unreadable(cause: unknown, logger: Logger): Response {
  const reference = newReference()
  logger.info('request unreadable', { status: 400, reference, ...errorFields(cause), stack: undefined })
  const message = 'The address or the Host header of the request is not valid.'
  const answer = problemAnswer(new BursarError('invalid_input', { message, cause }), reference)
  secure(answer)
  return toResponse(answer)
}
