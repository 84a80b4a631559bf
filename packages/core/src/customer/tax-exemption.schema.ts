import type { ObjectMaker, SchemaOf } from '../json/checked.schema.ts'
import { choice, formed, list } from '../json/field.schema.ts'
import type { TaxExemption } from './tax-exemption.ts'

/** Whose tax it is: a country, or a part of one. */
export const jurisdiction: SchemaOf<string> = formed(
  /^[A-Z]{2}(?:-[A-Z0-9]{1,3})?$/,
  'a code of ISO 3166, such as CA or CA-QC',
  { minimum: 2, maximum: 6 },
)

/** That somebody pays no tax, in a request or an answer. */
export const taxExemptionOf = (object: ObjectMaker): SchemaOf<TaxExemption> =>
  object<TaxExemption>()({
    reason: choice(
      'resale',
      'education',
      'government',
      'charity',
      'diplomatic',
      'indigenous',
      'reverse_charge',
      'group',
      'other',
    ),
    jurisdictions: list(jurisdiction, 100).nullable().optional(),
  })
