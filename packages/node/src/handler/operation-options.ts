import { decodeOptions, type OperationOptions } from '@bursar/core'

/** What an operation is given besides its input: the headers `Idempotency-Key` and `If-Match`. @throws `invalid_input` */
export function operationOptions(request: Request): OperationOptions {
  return decodeOptions((name) => (name === 'if-match' ? versionOf(request) : request.headers.get(name)))
}

/** `*` asks for no version, and a proxy that compresses makes our strong tag a weak one. */
function versionOf(request: Request): string | null {
  const header = request.headers.get('if-match')
  return header === null || header.trim() === '*' ? null : header.trim().replace(/^W\//, '')
}
