import { BursarError } from '@bursar/core'
import { parseJson } from './parse-json.ts'
import { readBody } from './read-body.ts'
import type { RequestContext } from './request-context.ts'

const JSON_LIMIT = 256 * 1024

/** `application/json`, with no charset but UTF-8. */
const JSON_TYPE = /^application\/json\s*(;\s*charset="?utf-8"?\s*)?$/i

/**
 * The JSON body of a request, or undefined where it has none.
 * @throws `unsupported_media_type`, `body_too_large`, `body_already_read`, `invalid_input`
 */
export async function readJsonBody(context: RequestContext): Promise<unknown> {
  const { request, bodyAlreadyRead: alreadyRead, lengthIsKept, room } = context
  if (isUnreadable(request)) throw new BursarError('unsupported_media_type')
  const body = readBody(request, { limit: JSON_LIMIT, words: '256 kB', alreadyRead, lengthIsKept, room })
  const bytes = await context.aside(body)
  if (bytes.byteLength === 0) return undefined
  // A form of somebody else's page can send a body without this type, but not with it.
  if (!request.headers.has('content-type')) throw new BursarError('unsupported_media_type')
  return parseJson(bytes)
}

function isUnreadable(request: Request): boolean {
  const type = request.headers.get('content-type')
  const encoding = request.headers.get('content-encoding') ?? 'identity'
  return (type !== null && !JSON_TYPE.test(type)) || encoding.toLowerCase() !== 'identity'
}
