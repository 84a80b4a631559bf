import { type InputIssue, issueUnless } from '../errors/index.ts'
import type { Json, JsonObject } from '../json/index.ts'
import { isInstant } from '../time/index.ts'
import type { AttributeDefinition } from './product-type.ts'

/** Longest text, or most entries of a list, where the definition says nothing. */
const DEFAULT_MAXIMUM = 1000

/** What is wrong with the attributes of a product or variant, by what its type defines. Null counts as absent. */
export function checkAttributes(
  attributes: JsonObject,
  definitions: { readonly [name: string]: AttributeDefinition },
  path: string,
): readonly InputIssue[] {
  const known = Object.keys(definitions)
  const unknown = Object.keys(attributes).flatMap((name) =>
    issueUnless(
      Object.hasOwn(definitions, name),
      `${path}.${name}`,
      `is no attribute of the type: ${known.join(', ') || 'it has none'}`,
    ),
  )
  const wrong = Object.entries(definitions).flatMap(([name, definition]) => {
    const value = Object.hasOwn(attributes, name) ? attributes[name] : undefined
    if (value === undefined || value === null) return issueUnless(!definition.required, `${path}.${name}`, 'is missing')
    return issueUnless(isOfType(value, definition), `${path}.${name}`, mustBe(definition))
  })
  return [...unknown, ...wrong]
}

function isOfType(value: Json, { type, maximum = DEFAULT_MAXIMUM }: AttributeDefinition): boolean {
  switch (type) {
    case 'text':
      return typeof value === 'string' && value.length <= maximum
    case 'number':
      return typeof value === 'number' && Number.isFinite(value)
    case 'boolean':
      return typeof value === 'boolean'
    case 'instant':
      return typeof value === 'string' && isInstant(value)
    case 'list':
      return Array.isArray(value) && value.length <= maximum && value.every(isEntry)
    default:
      return type satisfies never
  }
}

const isEntry = (entry: Json): boolean => typeof entry === 'string' && entry.length <= DEFAULT_MAXIMUM

function mustBe({ type, maximum = DEFAULT_MAXIMUM }: AttributeDefinition): string {
  switch (type) {
    case 'text':
      return `must be a text of at most ${maximum} characters`
    case 'number':
      return 'must be a number'
    case 'boolean':
      return 'must be true or false'
    case 'instant':
      return 'must be an instant in UTC such as 2026-03-29T01:00:00.000Z'
    case 'list':
      return `must be a list of at most ${maximum} texts`
    default:
      return type satisfies never
  }
}
