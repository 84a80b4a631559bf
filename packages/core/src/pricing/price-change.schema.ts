import { actor } from '../audit/audit-event.schema.ts'
import { compoundId, id } from '../ids/id.schema.ts'
import { model, part, type SchemaOf } from '../json/checked.schema.ts'
import { items, text, whole } from '../json/field.schema.ts'
import { amount } from '../money/money.schema.ts'
import { instant } from '../time/instant.schema.ts'
import type { PriceChange } from './price-change.ts'
import type { Price } from './price-list.ts'

const price = part<Price>()({
  priceList: id,
  amount,
  minimumQuantity: whole(1, Number.MAX_SAFE_INTEGER),
  compareAt: amount.nullable().optional(),
})

/** A change of a variant's prices. */
export const priceChange: SchemaOf<PriceChange> = model<PriceChange>('PriceChange')({
  id: compoundId,
  variantId: id,
  actor,
  operation: text(1, 100),
  at: instant,
  before: items(price),
  after: items(price),
})
