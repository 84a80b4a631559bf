import { jurisdiction } from '../customer/tax-exemption.schema.ts'
import { id } from '../ids/id.schema.ts'
import { model, type SchemaOf } from '../json/checked.schema.ts'
import { choice, list, text, whole } from '../json/field.schema.ts'
import { currency } from '../money/money.schema.ts'
import { country } from '../site/country.schema.ts'
import { instant } from '../time/instant.schema.ts'
import type { PriceList } from './price-list.ts'

/** Fields of a price list but its id. */
export const priceListFields = {
  name: text(1, 200),
  currency,
  groups: list(text(1, 100), 100).nullable(),
  countries: list(country, 300).nullable(),
  regions: list(jurisdiction, 300).nullable().optional(),
  from: instant.nullable(),
  until: instant.nullable(),
  priority: whole(0, 1000),
  status: choice('active', 'archived'),
}

/** A price list as staff see it. */
export const priceList: SchemaOf<PriceList> = model<PriceList>('PriceList')({ id, ...priceListFields })
