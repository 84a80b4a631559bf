import { sha256Hex } from './sha256-hex.ts'
import { sortFew } from './sort-few.ts'

/**
 * JSON in its one canonical form: members sorted by code units, no white space, members that are `undefined` left
 * out. Two values that mean the same give the same text, whatever order they were built in.
 *
 * @throws RangeError for what JSON cannot say: NaN, infinities, `undefined` in a list, bigint, Date, Map, functions.
 * @see https://www.rfc-editor.org/rfc/rfc8785
 */
export function canonicalJson(value: unknown): string {
  if (typeof value === 'string') return quoted(value)
  if (typeof value === 'boolean' || value === null) return String(value)
  if (typeof value === 'number' && Number.isFinite(value)) return String(value)
  if (Array.isArray(value)) return canonicalArray(value)
  if (isPlainObject(value)) return canonicalObject(value)
  throw new RangeError(`JSON has no form for ${describe(value)}.`)
}

/** The SHA-256 of a value's canonical JSON, 64 hex digits: equal for equal values, whoever built them. */
export function hashOf(value: unknown): string {
  return sha256Hex(canonicalJson(value))
}

/** A text of which JSON escapes nothing: no quote, backslash, control character or half of a pair. */
const PLAIN = /^[ !#-[\]-\ud7ff\ue000-\uffff]*$/

/** To look first is quicker than to have every text escaped: nearly none needs it. */
function quoted(text: string): string {
  return PLAIN.test(text) ? `"${text}"` : JSON.stringify(text)
}

/** By index, so that a hole is found too. */
function canonicalArray(items: readonly unknown[]): string {
  let text = ''
  for (let index = 0; index < items.length; index += 1) {
    text += `${index === 0 ? '' : ','}${canonicalJson(items[index])}`
  }
  return `[${text}]`
}

function canonicalObject(value: Readonly<Record<string, unknown>>): string {
  let text = ''
  for (const name of sortFew(Object.keys(value), byUnits)) {
    const member = value[name]
    if (member !== undefined) text += `${text === '' ? '' : ','}${quoted(name)}:${canonicalJson(member)}`
  }
  return `{${text}}`
}

/** No two members have the same name. */
const byUnits = (left: string, right: string): number => (left < right ? -1 : 1)

/** By tag, not by prototype: a value from another realm (a frame, a test's sandbox) has another `Object`. */
function isPlainObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && Object.prototype.toString.call(value) === '[object Object]'
}

function describe(value: unknown): string {
  return typeof value === 'object' ? Object.prototype.toString.call(value) : `${typeof value} ${String(value)}`
}
