import { BursarError } from '@bursar/core'
import { type BodyPlace, type BodyRoom, SMALL } from './body-room.ts'

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
  const bytes =
    lengthIsKept && declared <= SMALL ? await wholeBody(request) : await countedBody(request, limit, room.enter())
  if (bytes === null || bytes.byteLength > limit) throw tooLarge()
  // No server lets a declared body arrive empty: somebody in this process took it.
  if (bytes.byteLength === 0 && declared > 0) throw new BursarError('body_already_read')
  return bytes
}

async function wholeBody(request: Request): Promise<Uint8Array> {
  return new Uint8Array(await request.arrayBuffer().catch(brokenOff))
}

/** Null where the body is longer than the limit. Chunks are not kept as they come: one of a byte takes some hundred of memory. */
async function countedBody(request: Request, limit: number, place: BodyPlace): Promise<Uint8Array | null> {
  let bytes = new Uint8Array(FIRST)
  let length = 0
  try {
    for await (const chunk of chunksOf(request)) {
      const wanted = length + chunk.byteLength
      if (wanted > limit) return null
      if (wanted > bytes.byteLength) {
        const larger = Math.min(limit, Math.max(2 * bytes.byteLength, wanted))
        place.growTo(larger)
        bytes = copied(bytes, larger)
      }
      bytes.set(chunk, length)
      length = wanted
    }
    return bytes.slice(0, length)
  } finally {
    place.leave()
  }
}

/** Where a body of unknown length begins, in bytes. */
const FIRST = 4096

function copied(bytes: Uint8Array, length: number): Uint8Array<ArrayBuffer> {
  const larger = new Uint8Array(length)
  larger.set(bytes)
  return larger
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
