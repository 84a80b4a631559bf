import * as z from 'zod'
import type { Operation } from './operations.ts'
import { operations } from './operations.ts'
import { schemasOf } from './schemas.ts'

/** A JSON Schema of draft 2020-12, the dialect of OpenAPI 3.1. */
export type JsonSchema = { [keyword: string]: unknown }

/** The schemas of all operations, converted at once: two under one name would throw. */
export interface JsonSchemas {
  /** Schemas under a name of their own. */
  named: { [id: string]: JsonSchema }
  /** What each operation takes and answers. */
  of(operation: Operation): { input: JsonSchema; output: JsonSchema }
}

/** Converts the schemas of all operations. References are to `#/components/schemas/`. */
export function convertSchemas(): JsonSchemas {
  const shape: Record<string, z.ZodType> = {}
  for (const { name } of operations) {
    const { input, output } = schemasOf(name)
    shape[`${name} input`] = input
    shape[`${name} output`] = output
  }
  // What a schema takes and what it gives is one: nothing is converted at the door (see `SchemaOf`).
  const converted = z.toJSONSchema(z.object(shape), { io: 'input', override: tidy }) as {
    properties: { [name: string]: JsonSchema }
    $defs: { [id: string]: JsonSchema }
  }
  const { properties, $defs } = pointToComponents(converted) as typeof converted
  return {
    named: Object.fromEntries(Object.entries($defs).sort(([left], [right]) => (left < right ? -1 : 1))),
    of: ({ name }) => ({
      input: properties[`${name} input`] ?? {},
      output: properties[`${name} output`] ?? {},
    }),
  }
}

/** `id` names the schema and `personal` tags it for us: neither is a keyword of JSON Schema. */
function tidy({ zodSchema, jsonSchema }: { zodSchema: z.core.$ZodType; jsonSchema: JsonSchema }): void {
  const meta = z.globalRegistry.get(zodSchema)
  if (meta?.id !== undefined) delete jsonSchema.id
  if (meta?.personal !== undefined) {
    delete jsonSchema.personal
    jsonSchema['x-personal'] = meta.personal
  }
  // Says nothing that is not said without it.
  if (isEmpty(jsonSchema.additionalProperties)) delete jsonSchema.additionalProperties
}

const isEmpty = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && Object.keys(value).length === 0

function pointToComponents(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(pointToComponents)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) =>
      name === '$ref' && typeof member === 'string'
        ? [name, member.replace('#/$defs/', '#/components/schemas/')]
        : [name, pointToComponents(member)],
    ),
  )
}
