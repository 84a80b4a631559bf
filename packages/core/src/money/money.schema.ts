import * as z from 'zod'
import { model, type ObjectMaker, type SchemaOf } from '../json/checked.schema.ts'
import { choice, formed, whole } from '../json/field.schema.ts'
import { CURRENCY_CODES } from './currencies.ts'
import type { Money } from './money.ts'
import type { RoundingMode } from './rounding.ts'

/** Minor units, 0 or more. */
export const amount: SchemaOf<number> = whole(0, Number.MAX_SAFE_INTEGER)

/** Minor units of either sign. */
export const signedAmount: SchemaOf<number> = whole(Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER)

/** An active currency with a minor unit: what something can be sold in. */
export const currency: SchemaOf<string> = z
  // A list known only at run time has no literal types; it is never empty.
  .enum(CURRENCY_CODES as unknown as [string, ...string[]], {
    error: ({ input }) =>
      input === undefined ? 'is missing' : 'must be a currency code of ISO 4217 in upper case, such as EUR',
  })
  .meta({ id: 'Currency' })

/** A currency of a record, which may have been withdrawn since. */
export const knownCurrency: SchemaOf<string> = formed(/^[A-Z]{3}$/, 'a currency code of ISO 4217', {
  minimum: 3,
  maximum: 3,
})

/** Money in a request. */
export const moneyOf = (object: ObjectMaker): SchemaOf<Money> => object<Money>()({ amount, currency })

/** Money in an answer. */
export const money: SchemaOf<Money> = model<Money>('Money')({ amount: signedAmount, currency: knownCurrency })

/** Percent as a decimal text: what `isRate` lets through. */
export const rate: SchemaOf<string> = formed(
  /^(?:0|[1-9]\d{0,5})(?:\.\d{1,6})?$/,
  "percent as a decimal text with at most six decimals, such as '8.875'",
  { maximum: 13 },
)

/** How fractions of a minor unit are rounded. */
export const roundingMode: SchemaOf<RoundingMode> = choice('half_up', 'half_even', 'down')
