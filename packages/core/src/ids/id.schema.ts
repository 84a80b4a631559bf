import type { SchemaOf } from '../json/checked.schema.ts'
import { formed, text } from '../json/field.schema.ts'

/** Names a record, or a line made by the caller. */
export const id: SchemaOf<string> = formed(/^[A-Za-z0-9_-]+$/, 'an id: 1 to 64 characters of A–Z, a–z, 0–9, _ and -', {
  maximum: 64,
})

/** An id that an operator chooses. */
export const ownId: SchemaOf<string> = formed(/^[a-z0-9_-]+$/, 'an id: 1 to 64 characters of a–z, 0–9, _ and -', {
  maximum: 64,
})

/** An id of a record that is made of others, such as an audit event's `<record>:<version>`. */
export const compoundId: SchemaOf<string> = text(1, 300)

/** An id of another system. */
export const externalId: SchemaOf<string> = text(1, 200)
