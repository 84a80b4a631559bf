import type { SchemaOf } from '../json/checked.schema.ts'
import { formed } from '../json/field.schema.ts'

/** A place of sale. */
export const country: SchemaOf<string> = formed(
  /^[A-Z]{2}$/,
  'a country code of ISO 3166-1 in upper case, such as DE',
  { minimum: 2, maximum: 2 },
)

/** A language as BCP 47 has it. */
export const locale: SchemaOf<string> = formed(
  /^[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*$/,
  'a language tag of BCP 47, such as pt-BR',
  { maximum: 35 },
)

/** A part of a country: what its code of ISO 3166-2 has behind the hyphen. */
export const region: SchemaOf<string> = formed(
  /^[A-Z0-9]{1,3}$/,
  'a part of the country by its code of ISO 3166-2 without the country, such as QC of CA-QC',
  { maximum: 3 },
)
