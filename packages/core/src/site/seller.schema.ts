import { id } from '../ids/id.schema.ts'
import { model, type ObjectMaker, part, type SchemaOf } from '../json/checked.schema.ts'
import { list, text } from '../json/field.schema.ts'
import { currency } from '../money/money.schema.ts'
import { timeZone } from '../time/instant.schema.ts'
import { country } from './country.schema.ts'
import type { Seller } from './seller.ts'

/** Fields of a seller but its id. */
export const sellerFields = (object: ObjectMaker) => ({
  legalName: text(1, 300),
  address: list(text(0, 200), 10),
  country,
  taxRegistrations: list(object<Seller['taxRegistrations'][number]>()({ country, number: text(1, 50) }), 100),
  currency,
  timeZone,
  invoicePrefix: text(0, 20),
})

/** A seller as staff see it. */
export const seller: SchemaOf<Seller> = model<Seller>('Seller')({ id, ...sellerFields(part) })
