import { sha256Hex } from './sha256-hex.ts'

/**
 * JSON in its one canonical form: members sorted by code units, no white space, members that are `undefined` left
 * out. Two values that mean the same give the same text, whatever order they were built in.
 *
 * @throws RangeError for what JSON cannot say: NaN, infinities, `undefined` in a list, bigint, Date, Map, functions.
 * @see https://www.rfc-editor.org/rfc/rfc8785
 */
export function canonicalJson(value: unknown): string {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return JSON.stringify(value)
  if (typeof value === 'number' && Number.isFinite(value)) return JSON.stringify(value)
  if (Array.isArray(value)) return `[${Array.from(value, (item) => canonicalJson(item)).join(',')}]`
  if (isPlainObject(value)) return canonicalObject(value)
  throw new RangeError(`JSON has no form for ${describe(value)}.`)
}

/** The SHA-256 of a value's canonical JSON, 64 hex digits: equal for equal values, whoever built them. */
export function hashOf(value: unknown): string {
  return sha256Hex(canonicalJson(value))
}

function canonicalObject(value: Readonly<Record<string, unknown>>): string {
  const members: string[] = []
  for (const name of Object.keys(value).sort()) {
    const member = value[name]
    if (member !== undefined) members.push(`${JSON.stringify(name)}:${canonicalJson(member)}`)
  }
  return `{${members.join(',')}}`
}

/** By tag, not by prototype: a value from another realm (a frame, a test's sandbox) has another `Object`. */
function isPlainObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && Object.prototype.toString.call(value) === '[object Object]'
}

function describe(value: unknown): string {
  return typeof value === 'object' ? Object.prototype.toString.call(value) : `${typeof value} ${String(value)}`
}
