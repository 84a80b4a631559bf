import type { Json, JsonObject } from '../json/index.ts'
import { cellText, isNested, parseBoolean, parseJsonObject, parseList, parseText } from './import-cell.ts'
import { type ImportDateOptions, parseImportInstant } from './import-instant.ts'
import { type Parsed, parsed, unreadable } from './import-parsed.ts'
import type { RowReader } from './import-row-reader.ts'
import type { AttributeDefinition } from './product-type.ts'

/** Which attributes of a row are read, and by what. */
export interface ReadAttributesOptions {
  /** The field that holds them: alone as JSON, or with `.name` one by one. */
  field: 'productAttributes' | 'variantAttributes'
  /** What the product's type allows. */
  definitions: { readonly [name: string]: AttributeDefinition }
  /** Name of the type, for sentences. */
  type: string
  /** How dates are written. */
  dates: ImportDateOptions
}

interface WrittenAttribute {
  /** The field that it stands in. */
  field: string
  text: string
  isNested: boolean
}

const DEFAULT_MAXIMUM = 1000

/**
 * The attributes of a product or variant that the row names, each checked against its type, null where its cell is empty;
 * what is wrong goes to the reader's issues. Whether one that is needed is missing, the shop knows: it may have it.
 */
export function readAttributes(raw: JsonObject, reader: RowReader, options: ReadAttributesOptions): JsonObject {
  const attributes: Record<string, Json> = {}
  for (const [name, { field, text, isNested }] of writtenAttributes(raw, reader, options.field)) {
    const definition = Object.hasOwn(options.definitions, name) ? options.definitions[name] : undefined
    if (definition === undefined) {
      if (text !== '') reader.refuse(field, unknownAttribute(name, options))
      continue
    }
    if (text === '') {
      if (definition.required) reader.refuse(field, `Every ${options.type} needs the attribute ${name}.`)
      attributes[name] = null
      continue
    }
    const isMisplaced = isNested && definition.type !== 'list'
    const value = isMisplaced ? unreadable('Write a single value') : parseAttribute(text, definition, options.dates)
    if (value.ok) attributes[name] = value.value
    else reader.refuse(field, `${name}: ${value.reason}.`)
  }
  return attributes
}

/** Attributes by name; a column of its own wins over the JSON object. */
function writtenAttributes(raw: JsonObject, reader: RowReader, field: string): Map<string, WrittenAttribute> {
  const written = new Map<string, WrittenAttribute>()
  const object = reader.read(field, parseJsonObject, {})
  for (const [name, value] of Object.entries(object))
    written.set(name, { field, text: cellText(value), isNested: isNested(value) })
  for (const column of Object.keys(raw)) {
    if (!column.startsWith(`${field}.`)) continue
    const name = column.slice(field.length + 1)
    written.set(name, { field: column, text: reader.text(column), isNested: isNested(raw[column]) })
  }
  return written
}

function parseAttribute(text: string, definition: AttributeDefinition, dates: ImportDateOptions): Parsed<Json> {
  const maximum = definition.maximum ?? DEFAULT_MAXIMUM
  switch (definition.type) {
    case 'text':
      return parseText(text, { maximum, lineBreaks: 'keep' })
    case 'number':
      return /^-?\d{1,15}(?:\.\d{1,15})?$/.test(text) ? parsed(Number(text)) : unreadable('Write a number such as 4.5')
    case 'boolean':
      return parseBoolean(text)
    case 'instant':
      return parseImportInstant(text, {
        timeZone: dates.timeZone,
        dateOrder: dates.dateOrder,
        dateMeans: 'start_of_day',
      })
    case 'list':
      return parseList(text, { maximum, maximumLength: DEFAULT_MAXIMUM })
    default:
      return definition.type satisfies never
  }
}

function unknownAttribute(name: string, { definitions, type }: ReadAttributesOptions): string {
  const known = Object.keys(definitions)
  const hint = known.length === 0 ? 'it has none' : `it has ${known.join(', ')}`
  return `The type ${type} has no attribute ${JSON.stringify(name.slice(0, 40))} here: ${hint}.`
}
