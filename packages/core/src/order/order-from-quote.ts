import type { Cart, CartLine } from '../cart/index.ts'
import { EMPTY_STREAM } from '../journal/index.ts'
import { isSameJson } from '../json/index.ts'
import type { BookEntry, Hold, Quote, QuoteLine } from '../pricing/index.ts'
import type { Consent, Site } from '../site/index.ts'
import type { Instant } from '../time/index.ts'
import { allocateUnits } from './allocate-units.ts'
import type { Order, OrderLine, Part } from './order.ts'

/** What an order is made of besides the quote. */
export interface OrderSource {
  /** Order id. */
  id: string
  /** Order number. */
  number: string
  /** The cart. */
  cart: Cart
  /** The cart's version. */
  cartVersion: number
  /** Who buys. */
  customerId: string
  /** The site. */
  site: Site
  /** Catalog behind the quote. */
  entries: ReadonlyMap<string, BookEntry | null>
  /** What was agreed to. */
  consents: readonly Consent[]
  /** Hash of the pricing inputs. */
  inputsHash: string
  /** Hash of the quote. */
  quoteHash: string
  /** What it holds. */
  holds: readonly Hold[]
  /** When. */
  now: Instant
}

/** Freezes a quote into a pending order. Pure. */
export function orderFromQuote(quote: Quote, source: OrderSource): Order {
  const lines = new Map(source.cart.lines.map((line) => [line.id, line]))
  return {
    id: source.id,
    number: source.number,
    cartId: source.cart.id,
    cartVersion: source.cartVersion,
    customerId: source.customerId,
    tokenHash: source.cart.tokenHash,
    seller: source.site.seller,
    currency: quote.currency,
    state: 'pending',
    lines: quote.lines.map((line) => orderLine(line, lines.get(line.id), source.entries)),
    base: quote.base,
    discount: quote.discount,
    net: quote.net,
    tax: quote.tax,
    total: quote.total,
    priceBasis: quote.priceBasis,
    place: quote.place,
    consents: source.consents,
    inputsHash: source.inputsHash,
    quoteHash: source.quoteHash,
    engine: quote.engine,
    money: { due: quote.total, authorized: 0, captured: 0, refunded: 0, disputed: 0, writtenOff: 0 },
    onAccount: false,
    paymentId: null,
    holds: source.holds,
    reviews: [...(quote.unknowns ?? []), ...(quote.isTaxUnknown ? (['tax'] as const) : [])],
    journal: EMPTY_STREAM,
    events: EMPTY_STREAM,
    createdAt: source.now,
    placedAt: null,
    cancelledAt: null,
    cancelReason: null,
    metadata: {},
  }
}

/** Has each line the terms that it would be sold on now: what is delivered and how long it lasts, how it is refunded? Pure. */
export function isOnTermsOf({ lines }: Pick<Order, 'lines'>, entries: OrderSource['entries']): boolean {
  return lines.every(
    ({ variantId, refundRule, parts }) =>
      refundRule === ruleOf(variantId, entries) &&
      parts.every((part) => isSameJson(part, orderPart(part.id, part.variantId, part.taxes, entries))),
  )
}

function orderLine(line: QuoteLine, cartLine: CartLine | undefined, entries: OrderSource['entries']): OrderLine {
  const credited = (line.leftOut ?? []).filter(({ credit }) => credit > 0)
  return {
    id: line.id,
    variantId: line.variantId,
    productId: line.productId,
    title: line.title,
    variantName: line.variantName,
    quantity: line.quantity,
    unitPrice: line.unitPrice,
    base: line.base,
    discount: line.discount,
    net: line.net,
    tax: line.tax,
    total: line.total,
    adjustments: line.adjustments,
    parts: line.parts.map((part) => orderPart(part.id, part.variantId, part.taxes, entries)),
    units: allocateUnits(line),
    recipient: cartLine?.recipient ?? { type: 'buyer' },
    refundRule: ruleOf(line.variantId, entries),
    ...(credited.length === 0 ? {} : { credited: credited.map(({ variantId }) => variantId) }),
  }
}

const ruleOf = (variantId: string, entries: OrderSource['entries']): OrderLine['refundRule'] =>
  entries.get(variantId)?.variant.refundRule ?? 'share'

function orderPart(id: string, variantId: string, taxes: Part['taxes'], entries: OrderSource['entries']): Part {
  const entry = entries.get(variantId)
  if (!entry) throw new RangeError(`order: the catalog has no variant ${variantId} for part ${id}`)
  return {
    id,
    variantId,
    productId: entry.product.id,
    fulfilment: entry.variant.fulfilment,
    taxes,
    serviceStart: entry.variant.serviceStart,
    serviceEnd: entry.variant.serviceEnd,
    validityDays: entry.variant.validityDays,
    ...(entry.variant.runs ? { choosesRun: true } : {}),
  }
}
