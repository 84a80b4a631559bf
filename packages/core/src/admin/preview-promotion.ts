import type { CartPorts } from '../cart/index.ts'
import type { AdminPorts } from '../catalog/index.ts'
import { refuseInput } from '../errors/index.ts'
import { type Order, orders } from '../order/index.ts'
import type { Call, Stored } from '../ports/index.ts'
import { ENGINE_VERSION, type PricedPromotion, type PricingInputs, pricingInputs, quote } from '../pricing/index.ts'
import {
  mentions,
  type NewPromotion,
  type Promotion,
  type PromotionKinds,
  promotionKind,
  type Typed,
} from '../promotion/index.ts'
import { byId, listBy, type PageAsked, readAll, refuseBadCursor } from '../storage/index.ts'
import type { Instant } from '../time/index.ts'
import { findNamed } from './named-records.ts'

/** Orders looked at in one call unless asked otherwise. */
const PAGE = 50

/** What to try, and on what. */
export interface PreviewPromotionInput extends PageAsked {
  /** The promotion, live or not. */
  promotion: NewPromotion
  /** Orders begun from then on … */
  from: Instant
  /** … and before then. */
  until: Instant
}

/** What a promotion would have given to one order. */
export interface PreviewedOrder {
  /** Order id. */
  orderId: string
  /** The order's number. */
  number: string
  /** ISO 4217 code. */
  currency: string
  /** Taken off then, minor units in the prices' basis. */
  discount: number
  /** Taken off with the promotion. */
  discountWith: number
  /** What it would have given away: the difference. Below 0 where it stands in for a better one of the same id. */
  given: number
}

/** What a promotion would have given away. */
export interface PromotionPreview {
  /** Orders that it would have changed, newest first. */
  items: readonly PreviewedOrder[]
  /** Orders of this page that were priced with it. */
  priced: number
  /**
   * Orders of this page that are left out: an older engine priced them, or the promotion asks of the shopper what no promotion
   * asked then (is it their first order, where is their e-mail address, what do they own), so that it was not kept.
   */
  skipped: number
  /** Sums of this page by currency. */
  sums: readonly { currency: string; orders: number; given: number }[]
  /** Where the next page of orders begins, or null. */
  nextCursor: string | null
}

/**
 * Prices placed orders of the site again, with a promotion that need not be live, from all that priced them then. Its window
 * and its code are taken as given, its limits are not counted from order to order. An order that does not say of its shopper
 * what the promotion asks is left out. It writes nothing.
 * @throws BursarError `invalid_input` for a promotion that could not be made
 */
export async function previewPromotion(
  ports: Pick<CartPorts, 'rules'> & AdminPorts & { kinds: PromotionKinds },
  call: Call,
  { promotion: input, from, until, cursor, limit = PAGE }: PreviewPromotionInput,
): Promise<PromotionPreview> {
  const promotion = await promotionToTry(ports, call, input)
  const query = { index: 'createdAt', range: { from, until }, order: 'desc', cursor, limit, mayLag: true } as const
  const page = await refuseBadCursor(() => listBy(ports.storage, call.scope, orders, query))
  const placed = page.items.filter(({ body }) => body.placedAt !== null)
  const hashes = placed.map(({ body }) => byId(pricingInputs, body.inputsHash))
  const kept = await readAll(ports.storage, call.scope, ...hashes)
  const previewed = placed.flatMap((order, place) => {
    const inputs = kept[place]?.body ?? null
    if (inputs === null || inputs.engine !== ENGINE_VERSION || !isDecidable(promotion, inputs)) return []
    return [previewOrder(order, inputs, promotion, ports.rules)]
  })
  const items = previewed.filter(({ given }) => given !== 0)
  return {
    ...{ items, priced: previewed.length, skipped: placed.length - previewed.length },
    sums: previewSums(items).map(({ count, ...sum }) => ({ ...sum, orders: count })),
    nextCursor: page.nextCursor,
  }
}

/** An order keeps of its shopper only what its own promotions asked; all else that conditions look at it keeps in any case. */
function isDecidable({ conditions }: Promotion, { shopper, promotions }: PricingInputs): boolean {
  const asks = (type: string, of: readonly Typed[] = conditions): boolean => mentions(of, type)
  if (asks('first_order') && shopper.firstOrder === 'unknown') return false
  if (asks('email_domains') && shopper.emailDomain === undefined) return false
  if (!asks('owned_products')) return true
  // Without such a promotion only those rights are kept that move the price of what is in the cart.
  const wereAsked = promotions.some((promotion) => asks('owned_products', promotion.conditions))
  return wereAsked && typeof shopper.owned === 'object'
}

/** Before tax: what a calculator said of the taxes holds for the amounts of then alone. */
function previewOrder(
  { body: order }: Stored<Order>,
  { taxes: _then, ...inputs }: PricingInputs,
  promotion: Promotion,
  rules: CartPorts['rules'],
): PreviewedOrder {
  const others = inputs.promotions.filter(({ id }) => id !== promotion.id)
  const { discount } = quote(inputs, rules)
  const withIt = quote({ ...inputs, promotions: [...others, asIfLive(promotion)] }, rules)
  return {
    ...{ orderId: order.id, number: order.number, currency: order.currency },
    ...{ discount, discountWith: withIt.discount, given: withIt.discount - discount },
  }
}

/** A promotion that could be made. @throws BursarError `invalid_input` */
export async function promotionToTry(
  ports: AdminPorts & { kinds: PromotionKinds },
  call: Call,
  input: NewPromotion,
): Promise<Promotion> {
  const kind = promotionKind(ports.kinds, ports.productTypes)
  const promotion = kind.complete(input, input.id ?? 'preview', call)
  refuseInput([
    ...(await findNamed(ports.storage, call, kind.names(promotion, call))).issues,
    ...kind.check(promotion, null),
  ])
  return promotion
}

/** The promotion as if it were live, for everybody, with all of its limits left. */
export function asIfLive(promotion: Promotion): PricedPromotion {
  const { uses, usesPerCustomer } = promotion.limits
  return {
    ...promotion,
    ...{ from: null, until: null, requiresCode: false, status: 'active' },
    ...{ usesLeft: uses, customerUsesLeft: usesPerCustomer },
  }
}

/** What was given by currency, and to how many. */
export function previewSums(
  items: readonly { readonly currency: string; readonly given: number }[],
): { currency: string; count: number; given: number }[] {
  const sums = new Map<string, { currency: string; count: number; given: number }>()
  for (const { currency, given } of items) {
    const sum = sums.get(currency) ?? { currency, count: 0, given: 0 }
    sums.set(currency, { currency, count: sum.count + 1, given: sum.given + given })
  }
  return [...sums.values()].sort((one, other) => (one.currency < other.currency ? -1 : 1))
}
