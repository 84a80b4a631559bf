import { createOpenApiDocument, type Json, type JsonObject } from '@bursar/core'
import { isObject, type RecordSection, SECTIONS } from './shop-file.ts'

/**
 * The JSON Schema (2020-12) of a shop file, for editors: made of the operations' own, as the API's document has them. An
 * entry may leave out what the shop has already, so nothing is required; what rules say beside the form it does not know.
 */
export function shopFileSchema(): JsonObject {
  // The document is JSON by what it is for; its type is that of any object.
  const document = createOpenApiDocument() as JsonObject
  const sections = SECTIONS.map((section) => [
    section,
    {
      type: ['object', 'null'],
      additionalProperties: section === 'products' ? product(document) : record(document, section),
    },
  ])
  return inFile({
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: 'A shop as a file',
    type: 'object',
    properties: Object.fromEntries(sections),
    additionalProperties: false,
    $defs: at(document, 'components', 'schemas'),
  })
}

const PATHS: { readonly [S in RecordSection]: string } = {
  priceLists: '/v1/admin/price-lists',
  taxRates: '/v1/admin/tax-rates',
  sites: '/v1/admin/sites',
  collections: '/v1/admin/collections',
  promotions: '/v1/admin/promotions',
  codes: '/v1/admin/codes',
}

function record(document: JsonObject, section: RecordSection): JsonObject {
  return entryOf(bodyOf(document, PATHS[section], 'post'), ['id'])
}

/** What a change takes, with the type that a new one needs; variants by their names. */
function product(document: JsonObject): JsonObject {
  const made = bodyOf(document, '/v1/admin/products', 'post')
  const changed = bodyOf(document, '/v1/admin/products/{productId}', 'patch')
  const variant = entryOf(at(made, 'properties', 'variants', 'items'), ['name'])
  const entry = entryOf(changed, ['productId'])
  return {
    ...entry,
    properties: {
      type: at(made, 'properties', 'type'),
      ...at(entry, 'properties'),
      variants: { type: 'object', additionalProperties: variant },
      status: { const: 'active' },
    },
  }
}

const bodyOf = (document: JsonObject, path: string, method: string): JsonObject =>
  at(document, 'paths', path, method, 'requestBody', 'content', 'application/json', 'schema')

/** An object's schema without the members that a file writes as keys. */
function entryOf({ required: _required, ...schema }: JsonObject, keys: readonly string[]): JsonObject {
  const members = Object.entries(at(schema, 'properties')).filter(([name]) => !keys.includes(name))
  return { ...schema, properties: Object.fromEntries(members) }
}

/** @throws TypeError when the API's document has another form than this expects */
function at(value: JsonObject, ...path: readonly string[]): JsonObject {
  return path.reduce<JsonObject>((found, name) => {
    const next = found[name]
    if (!isObject(next)) throw new TypeError(`The API's document has no ${path.join('.')}.`)
    return next
  }, value)
}

/** How ids look: where the API takes one, a file may write a key. */
const ID = '^[A-Za-z0-9_-]+$'
const COMPONENTS = '#/components/schemas/'

/** References within the schema, and keys where the API has ids. */
function inFile(schema: JsonObject): JsonObject {
  if (schema.pattern === ID) return { type: 'string', minLength: 1, maxLength: 300 }
  return Object.fromEntries(Object.entries(schema).map(([name, value]) => [name, valueInFile(name, value ?? null)]))
}

function valueInFile(name: string, value: Json): Json {
  if (name === '$ref' && typeof value === 'string') return value.replace(COMPONENTS, '#/$defs/')
  if (Array.isArray(value)) return value.map((item: Json) => valueInFile('', item))
  return isObject(value) ? inFile(value) : value
}
