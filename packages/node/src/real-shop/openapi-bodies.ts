/** What these tests read of a JSON Schema in the OpenAPI document. */
export interface BodySchema {
  readonly $ref?: string
  readonly type?: string
  readonly const?: unknown
  readonly enum?: readonly unknown[]
  readonly pattern?: string
  readonly minLength?: number
  readonly minimum?: number
  readonly minItems?: number
  readonly properties?: Record<string, BodySchema>
  readonly required?: readonly string[]
  readonly items?: BodySchema
  readonly oneOf?: readonly BodySchema[]
  readonly anyOf?: readonly BodySchema[]
  readonly additionalProperties?: BodySchema | boolean
}

/** The part of the OpenAPI document that these tests read. */
export interface OpenapiDocument {
  readonly paths: Record<string, Record<string, { readonly requestBody?: unknown }>>
  readonly components: { readonly schemas: Record<string, BodySchema> }
}

/** One operation of the document. */
export interface DocumentedOperation {
  readonly method: string
  readonly path: string
  /** Of its body; null where it takes none. */
  readonly schema: BodySchema | null
}

/** All operations that the document names. */
export function documentedOperations({ paths }: OpenapiDocument): DocumentedOperation[] {
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, { requestBody }]) => ({
      ...{ method: method.toUpperCase(), path },
      schema: schemaOf(requestBody),
    })),
  )
}

function schemaOf(body: unknown): BodySchema | null {
  const { content } = (body ?? {}) as { content?: Record<string, { schema?: BodySchema }> } // a request body of OpenAPI
  return content?.['application/json']?.schema ?? null
}

/** A text that fits each pattern of the contract. */
const TEXTS = ['a', 'A', 'DE', 'EUR', '1', 'a@b.example', 'https://a.example', '2026-01-01T00:00:00.000Z']

/** The smallest body that the schema takes: what is required, and nothing else. */
export function sampleOf(document: OpenapiDocument, given: BodySchema): unknown {
  const schema = resolved(document, given)
  const arm = (schema.oneOf ?? schema.anyOf)?.[0]
  if (arm !== undefined) return sampleOf(document, arm)
  if (schema.const !== undefined) return schema.const
  if (schema.enum !== undefined) return schema.enum[0]
  switch (schema.type) {
    case 'object': {
      const required = schema.required ?? []
      return Object.fromEntries(required.map((name) => [name, sampleOf(document, schema.properties?.[name] ?? {})]))
    }
    case 'array':
      return Array.from({ length: schema.minItems ?? 0 }, () => sampleOf(document, schema.items ?? {}))
    case 'string':
      return sampleText(schema)
    case 'integer':
    case 'number':
      return schema.minimum ?? 0
    case 'boolean':
      return false
    default:
      return null
  }
}

function sampleText({ pattern = '', minLength = 0 }: BodySchema): string {
  const text = TEXTS.find((one) => new RegExp(pattern, 'u').test(one))
  if (text === undefined) throw new Error(`No text of this test fits ${pattern}: add one.`)
  return text.padEnd(minLength, 'a')
}

/** For each text that the schema takes, by its path: a body that holds the value there. */
export function bodiesWith(document: OpenapiDocument, given: BodySchema, value: unknown): [string, unknown][] {
  return textsOf(document, given, value, { path: '', depth: 0 })
}

/** Deeper than any schema of the contract but those of free JSON. */
const DEEPEST = 7

function textsOf(
  document: OpenapiDocument,
  given: BodySchema,
  value: unknown,
  { path, depth }: { path: string; depth: number },
): [string, unknown][] {
  if (depth > DEEPEST) return []
  const schema = resolved(document, given)
  const below = (next: BodySchema, name: string, wrap: (inner: unknown) => unknown): [string, unknown][] =>
    textsOf(document, next, value, { path: `${path}/${name}`, depth: depth + 1 }).map(([at, inner]) => [
      at,
      wrap(inner),
    ])
  const extra = schema.additionalProperties
  return [
    ...(schema.type === 'string' ? [[path, value] as [string, unknown]] : []),
    ...(schema.oneOf ?? schema.anyOf ?? []).flatMap((arm) => textsOf(document, arm, value, { path, depth: depth + 1 })),
    ...Object.entries(schema.properties ?? {}).flatMap(([name, next]) => below(next, name, (one) => ({ [name]: one }))),
    ...(schema.items === undefined ? [] : below(schema.items, '0', (one) => [one])),
    ...(typeof extra === 'object' ? below(extra, 'any', (one) => ({ any: one })) : []),
    // The name of a member that the caller chooses is a text too.
    ...(extra === undefined || extra === false ? [] : [[`${path}/name`, { [String(value)]: 1 }] as [string, unknown]]),
  ]
}

function resolved({ components }: OpenapiDocument, schema: BodySchema): BodySchema {
  if (schema.$ref === undefined) return schema
  const found = components.schemas[schema.$ref.split('/').at(-1) ?? '']
  if (found === undefined) throw new Error(`The document has no ${schema.$ref}.`)
  return found
}
