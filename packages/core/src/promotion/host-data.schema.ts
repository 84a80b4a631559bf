import * as z from 'zod'
import { openPart, type SchemaOf } from '../json/checked.schema.ts'
import { json } from '../json/json.schema.ts'
import type { HostData } from './promotion.ts'

const error = 'must be the name of a host, a colon and the name of a kind, such as acme:minimum_places'

/** Where one of these fails, the arm has failed for good: zod would take an arm that fails by nothing else for the one meant. */
const type = z
  .string({ error })
  .min(3, { error, abort: true })
  .max(100, { error, abort: true })
  .regex(/^[a-z][a-z0-9_-]*:[a-z][a-z0-9_-]*$/, { error, abort: true })

/** A condition or a benefit of the host's own kind: its members are for the kind's own schema. */
export const hostData: SchemaOf<HostData> = openPart<HostData>('HostData')({ type }, json.optional())
