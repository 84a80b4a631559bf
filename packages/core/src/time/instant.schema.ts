import * as z from 'zod'
import type { SchemaOf } from '../json/checked.schema.ts'
import { formed } from '../json/field.schema.ts'
import type { Instant } from './instant.ts'

/** A moment in its only form: ISO 8601 in UTC to the millisecond. */
export const instant: SchemaOf<Instant> = z.iso
  .datetime({
    precision: 3,
    error: ({ input }) =>
      input === undefined ? 'is missing' : 'must be an instant in UTC such as 2026-03-29T01:00:00.000Z',
  })
  .meta({ id: 'Instant' })

/** A name of an IANA time zone; whether the zone exists is looked up where it is used. */
export const timeZone: SchemaOf<string> = formed(
  /^[A-Za-z0-9_+-]+(?:\/[A-Za-z0-9_+-]+){0,2}$/,
  'an IANA time zone such as Europe/Berlin',
  { maximum: 64 },
)
