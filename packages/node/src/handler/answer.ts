import { type Logger, silentLogger } from '@bursar/core'
import type { Handler, RequestInfo } from './handler-options.ts'

/**
 * What is answered, as data. A server sends it as it is; a `Response` is made of it where one is asked for, which takes
 * the engine a stream and a list of headers, more than a whole request on node:http.
 */
export interface Answer {
  /** HTTP status. */
  readonly status: number
  /** By names in lower case. */
  readonly headers: Map<string, string>
  /** Null for none. */
  readonly body: string | ReadableStream<Uint8Array> | null
}

/** An answer of these parts. */
export function answerOf(
  status: number,
  headers: Readonly<Record<string, string>> = {},
  body: Answer['body'] = null,
): Answer {
  return { status, headers: new Map(Object.entries(headers)), body }
}

/** The same for who takes Web standards. */
export function toResponse({ status, headers, body }: Answer): Response {
  return new Response(body, { status, headers: [...headers] })
}

/** Answers a request; never rejects. */
export type Answerer<T extends Answer | Response = Answer | Response> = (
  request: Request,
  info?: RequestInfo,
) => Promise<T>

const answerers = new WeakMap<Handler, { answer: Answerer<Answer>; logger: Logger }>()

/** A handler that can be asked for its answers as data, by {@link answererOf}, and for its log. */
export function handlerOf(answer: Answerer<Answer>, logger: Logger): Handler {
  const handler: Handler = async (request, info) => toResponse(await answer(request, info))
  answerers.set(handler, { answer, logger })
  return handler
}

/** How a handler answers with data, or itself where it is somebody else's. */
export function answererOf(handler: Handler): Answerer {
  return answerers.get(handler)?.answer ?? handler
}

/** Where a handler writes; somebody else's writes nothing that is known here. */
export function loggerOf(handler: Handler): Logger {
  return answerers.get(handler)?.logger ?? silentLogger
}
