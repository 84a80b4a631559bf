import * as z from 'zod'

/** One place of a schema. */
export interface SchemaPlace {
  /** `<named schema or operation>.member.member`; `[]` for items of a list, `{}` for values of a dictionary. */
  path: string
  /** Name of the member, or an empty text for items and the root. */
  member: string
  /** The schema there. */
  schema: z.ZodType
  /** Those around it that only wrap it: `optional`, `nullable`. */
  wrappers: readonly z.ZodType[]
}

/** What schemas hold, by the kinds that the contract allows. */
interface Inner {
  type: string
  innerType?: z.ZodType
  shape?: { readonly [name: string]: z.ZodType }
  element?: z.ZodType
  keyType?: z.ZodType
  valueType?: z.ZodType
  options?: readonly z.ZodType[]
  getter?: () => z.ZodType
}

/** Every place of a schema, itself first; a schema that holds itself is walked once. For checks over the whole contract. */
export function* walkSchema(root: z.ZodType, name: string): Generator<SchemaPlace> {
  const seen = new Set<z.ZodType>()
  const waiting: SchemaPlace[] = [{ path: name, member: '', schema: root, wrappers: [] }]
  for (let place = waiting.pop(); place !== undefined; place = waiting.pop()) {
    yield place
    if (seen.has(place.schema)) continue
    seen.add(place.schema)
    waiting.push(...innerPlaces(place))
  }
}

/** zod's definition of a schema, as far as {@link walkSchema} reads it. */
export const innerOf = (schema: z.ZodType): Inner => schema._zod.def as unknown as Inner // its members depend on its kind

function innerPlaces(place: SchemaPlace): SchemaPlace[] {
  const inner = innerOf(place.schema)
  const id = z.globalRegistry.get(place.schema)?.id
  const path = id ?? place.path
  const within = (suffix: string, schema: z.ZodType): SchemaPlace => ({
    path: `${path}${suffix}`,
    member: place.member,
    schema,
    wrappers: [],
  })
  if (inner.innerType !== undefined) {
    return [{ ...place, schema: inner.innerType, wrappers: [...place.wrappers, place.schema] }]
  }
  return [
    ...Object.entries(inner.shape ?? {}).map(([member, schema]) => ({ ...within(`.${member}`, schema), member })),
    ...(inner.element === undefined ? [] : [within('[]', inner.element)]),
    ...(inner.keyType === undefined ? [] : [{ ...within('{name}', inner.keyType), member: '' }]),
    ...(inner.valueType === undefined ? [] : [within('{}', inner.valueType)]),
    ...(inner.options ?? []).map((schema) => within('', schema)),
    ...(inner.getter === undefined ? [] : [within('', inner.getter())]),
  ]
}
