import { createServer, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { BursarError, type Commerce, type Logger, rawRoutes, silentLogger } from '@bursar/core'
import { thingsUnderWay } from '@bursar/core/storage-adapter'
import { type Answerer, answererOf } from '../handler/answer.ts'
import { createHandler, type Handler } from '../handler/index.ts'
import { newReference } from '../handler/new-reference.ts'
import { problemAnswer } from '../handler/problem-answer.ts'
import { secure } from '../handler/security-headers.ts'
import { LONGEST_WAIT_MS } from '../option-checks.ts'
import { closeServer } from './close-server.ts'
import { listenerOf, type NodeListenerOptions } from './to-node-listener.ts'

/** What is served, and where. */
export interface ServeOptions extends NodeListenerOptions {
  /** The shop. Closed with the server. */
  commerce: Commerce
  /** Answers the requests. @default `createHandler(commerce, { logger })` */
  handler?: Handler | undefined
  /** Port, 0 to 65,535; 0 takes a free one. @default the environment's PORT, else 3000 */
  port?: number | undefined
  /** Address to listen at. @default '127.0.0.1': this machine alone; '0.0.0.0' for all */
  hostname?: string | undefined
  /** @default writes nothing */
  logger?: Logger | undefined
  /** Does this process do the jobs too: deliveries, payment events? @default true */
  jobs?: boolean | undefined
  /**
   * Milliseconds for which the server, told to stop, still takes requests: it says at `/health/ready` that it is not
   * ready and ends each connection with its answer, so that a balancer goes elsewhere before the port closes. @default 0
   */
  drainMs?: number | undefined
  /**
   * Milliseconds that requests under way are given to end when the server stops, and then the jobs under way, which are
   * given back where they are not done by then. @default 10,000
   */
  shutdownMs?: number | undefined
  /** Signals at which the server stops. @default SIGTERM and SIGINT */
  signals?: readonly NodeJS.Signals[] | undefined
  /** Is told the address. @default writes it to standard output */
  announce?: ((line: string) => void) | undefined
}

/** A server that listens. */
export interface RunningServer {
  /** Its address, such as `http://127.0.0.1:3000`. */
  readonly url: string
  /** The port that it got. */
  readonly port: number
  /** Takes no more requests, finishes those under way, stops the jobs, closes the shop. Repeatable. */
  close(): Promise<void>
  /** Resolves when the server is closed, by a signal or by {@link RunningServer.close}. */
  readonly closed: Promise<void>
}

/**
 * Serves a shop over HTTP on node:http, with limits in time for slow clients, and stops in good order.
 * @throws Error that says so when the port is taken
 */
export async function serve(options: ServeOptions): Promise<RunningServer> {
  const logger = options.logger ?? silentLogger
  const handler = options.handler ?? createHandler(options.commerce, { logger })
  const answers = answersUnderWay()
  const listener = listenerOf(untilStopped(handler, answers), options, logger)
  const server = createServer(LIMITS, (incoming, outgoing) => {
    answers.add(outgoing)
    return listener(incoming, outgoing)
  })
  const { hostname = '127.0.0.1' } = options
  const port = await listen(server, options.port ?? portOfEnvironment(), hostname)
  const url = `http://${hostname.includes(':') ? `[${hostname}]` : hostname}:${port}`
  if (options.jobs !== false) options.commerce.jobs.start()

  const ended = Promise.withResolvers<void>()
  let closing: Promise<void> | undefined
  const close = (): Promise<void> => {
    closing ??= shutDown(server, answers, options).finally(() => {
      for (const signal of signals) process.off(signal, onSignal)
    })
    closing.then(ended.resolve, ended.reject)
    return closing
  }
  const onSignal = (signal: NodeJS.Signals): void => {
    if (closing !== undefined) return
    logger.info('stopping', { signal })
    // What it rejects with is what `closed` rejects with.
    close().catch(() => {})
  }
  const signals = options.signals ?? ['SIGTERM', 'SIGINT']
  // Heard to the end: one that nobody hears kills, and a terminal and npm both pass on the same Ctrl-C.
  for (const signal of signals) process.on(signal, onSignal)

  const announce = options.announce ?? ((line) => process.stdout.write(`${line}\n`))
  announce(`Bursar listens at ${url}`)
  return { url, port, close, closed: ended.promise }
}

/** Milliseconds. A request of 1 MB needs 30 s of a very slow line; behind a proxy connections are kept longer than its own 60 s. */
const LIMITS = {
  ...{ headersTimeout: 15_000, requestTimeout: 30_000, keepAliveTimeout: 65_000 },
  /** How often it looks for those that are late; Node's own half minute would double their time. */
  connectionsCheckingInterval: 5000,
}

/** Connections are not used again once the server stops. */
interface AnswersUnderWay {
  add(answer: ServerResponse): void
  /** Each answer from now on, and each under way, ends its connection. */
  beLast(): void
  readonly areLast: boolean
}

function answersUnderWay(): AnswersUnderWay {
  const underWay = thingsUnderWay<ServerResponse>()
  let areLast = false
  return {
    add(answer) {
      if (areLast) answer.shouldKeepAlive = false
      answer.once('close', underWay.enter(answer))
    },
    beLast() {
      areLast = true
      for (const answer of underWay.all()) answer.shouldKeepAlive = false
    },
    get areLast() {
      return areLast
    },
  }
}

/** A server that stops is not ready, whatever its shop says. */
function untilStopped(handler: Handler, answers: AnswersUnderWay): Answerer {
  const answer = answererOf(handler)
  return async (request, info) => {
    const isAsked = () => new URL(request.url).pathname.endsWith(rawRoutes.ready.path)
    if (!answers.areLast || !isAsked()) return answer(request, info)
    const stopping = problemAnswer(new BursarError('unavailable', { reason: 'stopping' }), newReference())
    secure(stopping)
    return stopping
  }
}

async function shutDown(server: Server, answers: AnswersUnderWay, options: ServeOptions): Promise<void> {
  const { commerce, drainMs = 0, shutdownMs = 10_000 } = options
  answers.beLast()
  if (drainMs > 0) await sleep(Math.min(drainMs, LONGEST_WAIT_MS))
  await closeServer(server, shutdownMs)
  await commerce.jobs.stop({ graceMs: shutdownMs })
  await commerce.close()
}

function listen(server: Server, port: number, hostname: string): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(explained(error, port, hostname)))
    // Only a server that listens at a port gets here, and its address is then no pipe's name.
    server.listen(port, hostname, () => resolve((server.address() as AddressInfo).port))
  })
}

function explained(error: NodeJS.ErrnoException, port: number, hostname: string): Error {
  const choose = 'choose another by PORT or --port (0 takes a free one)'
  if (error.code === 'EADDRINUSE') {
    return new Error(`Port ${port} is taken: stop what uses it, or ${choose}.`, { cause: error })
  }
  if (error.code === 'EACCES')
    return new Error(`Port ${port} needs rights that this process lacks: ${choose}.`, { cause: error })
  return new Error(`Cannot listen at ${hostname}, port ${port}: ${error.message}.`, { cause: error })
}

function portOfEnvironment(): number {
  const text = process.env.PORT ?? ''
  if (text === '') return 3000
  const port = Number(text)
  if (!Number.isInteger(port) || port < 0 || port > 65_535) throw new Error(`PORT must be 0 to 65535, not "${text}".`)
  return port
}
