import * as z from 'zod'
import type { SchemaOf } from '../json/checked.schema.ts'
import { text } from '../json/field.schema.ts'
import type { PersonalDataTag } from './personal-data.ts'

/** Tags a field that can hold personal data; a test fails on one that looks so and has no tag. */
const personal = <T>(schema: z.ZodType<T>, tag: PersonalDataTag): SchemaOf<T> =>
  schema.meta({ personal: tag }) as unknown as SchemaOf<T> // meta answers the same schema, with its tag

/** An e-mail address in any script, at most 254 characters. */
export const email: SchemaOf<string> = personal(
  z
    .email({
      pattern: z.regexes.unicodeEmail,
      error: ({ input }) => (input === undefined ? 'is missing' : 'must be an e-mail address'),
    })
    .max(254, 'must be an e-mail address of at most 254 characters'),
  { kind: 'contact', retention: 'until_erased' },
)

/** A person's name. */
export const personName: SchemaOf<string> = personal(text(1, 200), { kind: 'identity', retention: 'until_erased' })

/** A person's id at the host. */
export const hostId: SchemaOf<string> = personal(text(1, 200), { kind: 'identity', retention: 'until_erased' })

/** A person's id at a learning platform. */
export const learnerId: SchemaOf<string> = personal(text(1, 200), { kind: 'learning', retention: 'until_erased' })
