import { openPart, type SchemaOf } from '../json/checked.schema.ts'
import { formed } from '../json/field.schema.ts'
import { json } from '../json/json.schema.ts'
import type { HostData } from './promotion.ts'

const type = formed(/^[a-z][a-z0-9_-]*:[a-z][a-z0-9_-]*$/, 'the name of a host, a colon and the name of a kind', {
  minimum: 3,
  maximum: 100,
})

/** A condition or a benefit of the host's own kind: its members are for the kind's own schema. */
export const hostData: SchemaOf<HostData> = openPart<HostData>('HostData')({ type }, json.optional())
