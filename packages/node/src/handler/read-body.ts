import { BursarError } from '@bursar/core'
import type { BodyPlace, BodyRoom } from './body-room.ts'

/** What may be read of a body. */
export interface BodyLimit {
  /** Bytes. */
  limit: number
  /** The limit in words, for the refusal. */
  words: string
  /** Was the body read before the handler saw it? */
  alreadyRead: boolean
  /**
   * Does the server hold the body to its declared length? Then nothing need be counted on the way, and it is read at
   * once: on Node this saves the making of a whole `Request` and its stream, a quarter of what a command costs.
   */
  lengthIsKept: boolean
  /** Where it is kept while it comes. */
  room: BodyRoom
}

/**
 * Reads a body up to a limit; of a longer one no more is read than tells that it is too long, and none of it kept.
 * @throws `body_too_large`, `body_already_read`, `invalid_input` when it breaks off, `unavailable` where there is no room
 */
export async function readBody(request: Request, options: BodyLimit): Promise<Uint8Array> {
  const { limit, words, alreadyRead, lengthIsKept, room } = options
  if (alreadyRead || request.bodyUsed) throw new BursarError('body_already_read')
  const declared = Number(request.headers.get('content-length') ?? 0)
  const tooLarge = (): BursarError =>
    new BursarError('body_too_large', { message: `The body is larger than ${words}.` })
  if (declared > limit) throw tooLarge()
  const place = room.enter()
  const reading = lengthIsKept ? wholeBody(request, declared, place) : countedBody(request, limit, place)
  const bytes = await reading.finally(() => place.leave())
  if (bytes === null || bytes.byteLength > limit) throw tooLarge()
  // No server lets a declared body arrive empty: somebody in this process took it.
  if (bytes.byteLength === 0 && declared > 0) throw new BursarError('body_already_read')
  return bytes
}

async function wholeBody(request: Request, declared: number, place: BodyPlace): Promise<Uint8Array> {
  place.growTo(declared)
  return new Uint8Array(await request.arrayBuffer().catch(brokenOff))
}

/** Null where the body is longer than the limit. */
async function countedBody(request: Request, limit: number, place: BodyPlace): Promise<Uint8Array | null> {
  const chunks: Uint8Array[] = []
  let length = 0
  for await (const chunk of chunksOf(request)) {
    length += chunk.byteLength
    if (length > limit) return null
    place.growTo(length)
    chunks.push(chunk)
  }
  return joined(chunks, length)
}

async function* chunksOf(request: Request): AsyncGenerator<Uint8Array> {
  const reader = request.body?.getReader()
  if (reader === undefined) return
  // Left early, the reader only lets go: to cancel the stream would close the connection before the refusal is sent.
  try {
    while (true) {
      const { done, value } = await reader.read().catch(brokenOff)
      if (done) return
      yield value
    }
  } finally {
    reader.releaseLock()
  }
}

function brokenOff(cause: unknown): never {
  throw new BursarError('invalid_input', { message: 'The body broke off before its end.', cause })
}

function joined(chunks: readonly Uint8Array[], length: number): Uint8Array {
  const [only] = chunks
  if (only !== undefined && chunks.length === 1) return only
  const bytes = new Uint8Array(length)
  let at = 0
  for (const chunk of chunks) {
    bytes.set(chunk, at)
    at += chunk.byteLength
  }
  return bytes
}
