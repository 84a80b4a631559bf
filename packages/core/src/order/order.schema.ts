import { fulfilmentTargetOf } from '../catalog/product.schema.ts'
import { compoundId, id } from '../ids/id.schema.ts'
import type { StreamHead } from '../journal/index.ts'
import { model, part, type SchemaOf } from '../json/checked.schema.ts'
import { choice, flag, items, text, whole } from '../json/field.schema.ts'
import { jsonObject } from '../json/json.schema.ts'
import { amount, knownCurrency } from '../money/money.schema.ts'
import type { Hold } from '../pricing/index.ts'
import { partTax, placeOfSale } from '../pricing/quote.schema.ts'
import { consent } from '../site/consent.schema.ts'
import { instant } from '../time/instant.schema.ts'
import type { Allocation, Order, OrderLine, Part, UnitRun } from './order.ts'
import { moneyAmounts, orderLineFields, orderState, orderSums, reviews } from './order-view.schema.ts'

const count = whole(0, Number.MAX_SAFE_INTEGER)

const streamHead = model<StreamHead>('StreamHead')({ seq: count, hash: text(0, 100) })

const allocation = model<Allocation>('Allocation')({ part: id, base: amount, ...orderSums })

const unitRun = model<UnitRun>('UnitRun')({ first: count, count, allocations: items(allocation) })

const orderPart = model<Part>('OrderPart')({
  id,
  variantId: id,
  productId: id,
  fulfilment: fulfilmentTargetOf(part).nullable(),
  taxes: items(partTax),
  serviceStart: instant.nullable(),
  serviceEnd: instant.nullable(),
  validityDays: count.nullable(),
  choosesRun: flag.optional(),
})

const orderLine = model<OrderLine>('OrderLine')({
  ...orderLineFields,
  base: amount,
  parts: items(orderPart),
  units: items(unitRun),
  refundRule: choice('share', 'reprice', 'whole_only'),
  credited: items(id).optional(),
})

const hold = part<Hold>()({ counter: compoundId, n: count })

/** An order as it is kept: what an export of a person's data holds. */
export const order: SchemaOf<Order> = model<Order>('Order')({
  id,
  number: text(1, 100),
  cartId: id,
  cartVersion: count,
  customerId: id,
  tokenHash: text(1, 100).nullable(),
  seller: id,
  currency: knownCurrency,
  state: orderState,
  lines: items(orderLine),
  base: amount,
  ...orderSums,
  priceBasis: choice('inclusive', 'exclusive'),
  place: placeOfSale,
  consents: items(consent),
  inputsHash: text(1, 100),
  quoteHash: text(1, 100),
  engine: count,
  money: moneyAmounts,
  onAccount: flag,
  paymentId: id.nullable(),
  holds: items(hold),
  returned: items(hold).optional(),
  reviews,
  journal: streamHead,
  events: streamHead,
  createdAt: instant,
  placedAt: instant.nullable(),
  cancelledAt: instant.nullable(),
  cancelReason: text(0, 1000).nullable(),
  metadata: jsonObject,
})
