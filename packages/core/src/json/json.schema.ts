import * as z from 'zod'
import type { SchemaOf } from './checked.schema.ts'
import { dictionary } from './field.schema.ts'
import type { Json, JsonObject } from './json.ts'

/**
 * Any JSON. A recursive schema under a name of its own: `z.json()` would write a new one into each document.
 * Its depth is bounded before it is used (see `contract/input-bounds.ts`).
 */
export const json: SchemaOf<Json> = z
  .lazy(() =>
    z.union([z.null(), z.boolean(), z.number(), z.string(), z.array(json), dictionary(json.optional())], {
      error: 'must be JSON',
    }),
  )
  .meta({ id: 'Json' }) as unknown as SchemaOf<Json> // its arrays are readonly to everybody but zod

/** Any JSON object. */
export const jsonObject: SchemaOf<JsonObject> = dictionary(json.optional())
