import type { OperationName } from '../../contract/index.ts'
import { schemasOf } from '../../contract/schemas.ts'

/**
 * What is wrong with an answer whatever the operation: it is not JSON, so that it would be another thing over HTTP; or it
 * does not fit the schema that clients were given. Null when nothing is.
 */
export function wrongAnswer(name: OperationName, answer: unknown): string | null {
  const notJson = whatIsNotJson(answer, name)
  if (notJson !== null) return notJson
  const checked = schemasOf(name).output.safeParse(answer)
  if (checked.success) return null
  const [issue] = checked.error.issues
  return `${name} answers ${issue?.path.join('.')}, which ${issue?.message}`
}

/** The place of a value that JSON would lose or change: a date, a class, −0, NaN, a hole. */
function whatIsNotJson(value: unknown, at: string): string | null {
  switch (typeof value) {
    case 'string':
    case 'boolean':
      return null
    case 'number':
      return Number.isFinite(value) && !Object.is(value, -0) ? null : `${at} is ${Object.is(value, -0) ? '-0' : value}`
    case 'object':
      return value === null ? null : whatIsNotJsonWithin(value, at)
    default:
      return `${at} is ${typeof value}`
  }
}

function whatIsNotJsonWithin(value: object, at: string): string | null {
  const prototype: unknown = Object.getPrototypeOf(value)
  const isPlain = Array.isArray(value) || prototype === null || prototype === Object.prototype
  if (!isPlain) return `${at} is no plain object`
  for (const [name, member] of Object.entries(value)) {
    // A member that is undefined is an absent one, here as in JSON; in a list it would become null.
    if (member === undefined && !Array.isArray(value)) continue
    const found = whatIsNotJson(member, `${at}.${name}`)
    if (found !== null) return found
  }
  return null
}
