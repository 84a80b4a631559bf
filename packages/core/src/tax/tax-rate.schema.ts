import { id } from '../ids/id.schema.ts'
import { model, type ObjectMaker, part, type SchemaOf } from '../json/checked.schema.ts'
import { choice, list, text } from '../json/field.schema.ts'
import { rate } from '../money/money.schema.ts'
import { country, region } from '../site/country.schema.ts'
import type { FurtherTax, TaxRate } from './tax-rate.ts'

const level = choice('country', 'region')

/** Fields of a tax rate but its id. */
export const taxRateFields = (object: ObjectMaker) => ({
  country,
  region: region.nullable().optional(),
  category: text(1, 60),
  name: text(1, 100),
  rate,
  level: level.optional(),
  more: list(
    object<FurtherTax>()({
      name: text(1, 100),
      rate,
      on: choice('net', 'net_and_taxes').optional(),
      level: level.optional(),
    }),
    4,
  ).optional(),
})

/** A tax rate as staff see it. */
export const taxRate: SchemaOf<TaxRate> = model<TaxRate>('TaxRate')({ id, ...taxRateFields(part) })
