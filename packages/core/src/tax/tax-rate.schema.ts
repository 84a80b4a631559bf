import { id } from '../ids/id.schema.ts'
import { model, type SchemaOf } from '../json/checked.schema.ts'
import { text } from '../json/field.schema.ts'
import { rate } from '../money/money.schema.ts'
import { country } from '../site/country.schema.ts'
import type { TaxRate } from './tax-rate.ts'

/** Fields of a tax rate but its id. */
export const taxRateFields = { country, category: text(1, 60), name: text(1, 100), rate }

/** A tax rate as staff see it. */
export const taxRate: SchemaOf<TaxRate> = model<TaxRate>('TaxRate')({ id, ...taxRateFields })
