import { ERRORS, type Json, type JsonObject } from '@bursar/core'
import { BoundedMap } from '@bursar/core/storage-adapter'
import { isLuhnValid, redactText } from './redact-text.ts'

const MARK = '[redacted]'

/** Names whose values are never written, whatever they hold; without case, `_` and `-`. */
const SECRET_NAMES =
  /^(authorization|cookie|setcookie|.*token|.*secret|.*password|.*apikey|codes?|email|.*emailaddress|phone|firstname|lastname|fullname|rawbody)$/

/** Levels that a log line keeps. */
const DEEPEST = 8

/** Fields without secrets and personal data: by their names, and in any string by its looks. */
export function redactFields(fields: JsonObject): JsonObject {
  return redactObject(fields, 0)
}

function redactObject(fields: JsonObject, depth: number): JsonObject {
  const open: Record<string, Json | undefined> = {}
  for (const [name, value] of Object.entries(fields)) {
    const shown = redactValue(name, value, depth)
    // As an own field whatever its name: to assign `__proto__` would set what it names.
    if (name === '__proto__') Object.defineProperty(open, name, { value: shown, enumerable: true })
    else open[name] = shown
  }
  return open
}

function redactValue(name: string, value: Json | undefined, depth: number): Json | undefined {
  if (value === undefined || value === null || typeof value === 'boolean') return value
  if (isSecretName(name) && !isErrorCode(value)) return MARK
  if (typeof value === 'string') return redactText(value)
  if (typeof value === 'number') return isCard(value) ? '[card]' : value
  if (depth >= DEEPEST) return '[deep]'
  if (isArray(value)) return value.map((item) => redactValue('', item, depth + 1) ?? null)
  return redactObject(value, depth + 1)
}

/** What was found of a name: log lines have the same ones over and over. */
const secretNames = new BoundedMap<string, boolean>(500)

function isSecretName(name: string): boolean {
  const known = secretNames.get(name)
  if (known !== undefined) return known
  const isSecret = SECRET_NAMES.test(name.toLowerCase().replace(/[_-]/g, ''))
  secretNames.set(name, isSecret)
  return isSecret
}

/** `code` is a shopper's secret, unless it is the code of an error. */
const isErrorCode = (value: Json): boolean =>
  typeof value === 'string' && (Object.hasOwn(ERRORS, value) || /^E(RR_)?[A-Z0-9_]{3,40}$/.test(value))

const isCard = (value: number): boolean =>
  Number.isSafeInteger(value) && Math.abs(value) >= 1e12 && isLuhnValid(String(Math.abs(value)))

/** `Array.isArray` does not narrow to a readonly array. */
const isArray = (value: Json): value is readonly Json[] => Array.isArray(value)
