import type { Customer } from '../customer/index.ts'
import { BursarError } from '../errors/index.ts'
import type { Call } from '../ports/index.ts'
import {
  type Gathered,
  gatherPricingInputs,
  type KnownCodes,
  type OwnedBy,
  type PriceBook,
  type PricedLine,
  type PricingSubject,
  type Quote,
  quote,
  reckonable,
  type ShopperFacts,
  toldQuote,
} from '../pricing/index.ts'
import { askTaxes } from './ask-taxes.ts'
import type { Cart, CartLine } from './cart.ts'
import type { CartView, CartWithQuote, ShownPricingInputs } from './cart-api.ts'
import type { CartPorts } from './cart-ports.ts'
import type { Guard } from './guard.ts'
import { shownPricingInputs } from './shown-pricing-inputs.ts'

/** A cart with its price and all that the price was made of. */
export interface PricedCart {
  /** The price. */
  quote: Quote
  /** What it was made of. */
  gathered: Gathered
  /** What a page may price it with, where that was asked for. */
  pricingInputs?: ShownPricingInputs | undefined
}

/** Prices a cart for a customer. */
export async function priceCart(
  ports: Pick<CartPorts, 'storage' | 'rules' | 'taxRules' | 'taxCalculator' | 'logger'>,
  call: Call,
  context: {
    book: PriceBook
    customer: Customer | null
    moment?: 'cart' | 'checkout' | undefined
    knownCodes?: KnownCodes | undefined
    ownedBy?: OwnedBy | undefined
  },
  cart: Cart,
): Promise<PricedCart> {
  const { book, customer, moment, knownCodes, ownedBy } = context
  const subject = { ...subjectOfCart(cart, customer), moment, knownCodes, ownedBy }
  const found = await gatherPricingInputs(ports, call, book, subject)
  const { inputs, quote: byTable } = reckonable(found.inputs, ports.rules)
  const gathered = { ...found, inputs }
  const taxed = await askTaxes(ports, gathered, byTable)
  const price = taxed === gathered ? byTable : quote(taxed.inputs, ports.rules)
  if (call.expand !== 'pricingInputs') return { gathered: taxed, quote: price }
  return { gathered: taxed, quote: price, pricingInputs: shownPricingInputs(taxed.inputs, price, ports.rules) }
}

/** What is priced of a cart for its customer. */
export function subjectOfCart(
  cart: Pick<Cart, 'lines' | 'codes' | 'currency' | 'country' | 'region' | 'checkout'>,
  customer: Customer | null,
): PricingSubject {
  return {
    lines: cart.lines.map((line) => pricedLine(line, customer)),
    productOf: (variantId) => cart.lines.find((line) => line.variantId === variantId)?.productId,
    owner: ownerOf(customer),
    codes: cart.codes ?? [],
    currency: cart.currency,
    country: cart.country ?? null,
    region: cart.region ?? null,
    shopper: shopperFacts(customer),
    taxExemption: customer?.taxExemption ?? null,
    email: customer?.email ?? null,
    holds: cart.checkout?.holds ?? [],
  }
}

/** What pricing needs of a cart's line. */
function pricedLine(
  { id, variantId, quantity = 1, parts, recipient }: CartLine,
  customer: Customer | null,
): PricedLine {
  const isForBuyer = recipient === undefined || recipient.type === 'buyer' || recipient.customerId === customer?.id
  return {
    ...{ id, variantId, quantity },
    ...(parts === undefined ? {} : { parts }),
    ...(isForBuyer ? {} : { forOthers: true }),
  }
}

/** The customer whose rights count in a price. Of a guest they count once the guest has claimed them. */
export function ownerOf(customer: Customer | null): Customer | null {
  return customer === null || customer.hostId === null ? null : customer
}

/** What is known of a shopper. */
export function shopperFacts(customer: Customer | null): ShopperFacts {
  if (customer === null) return { customerId: null, groups: [], firstOrder: 'unknown' }
  const { id, groups, email } = customer
  return { customerId: id, groups, firstOrder: 'unknown', emailDomain: email === null ? null : domainOf(email) }
}

function domainOf(email: string): string {
  return email.slice(email.lastIndexOf('@') + 1).toLowerCase()
}

/** Asks the host's guards. @throws BursarError `guard_refused` with the guard's name and sentence */
export function askGuards(guards: readonly Guard[], at: Guard['at'], change: { cart: Cart; quote: Quote }): void {
  for (const guard of guards) {
    const refusal = guard.at === at ? guard.check(change) : null
    if (refusal !== null) throw new BursarError('guard_refused', { message: refusal, reason: guard.name })
  }
}

/** The cart with the products of its lines, as far as they were found. */
export function withProducts(cart: Cart, { gathered: { entries } }: PricedCart): Cart {
  const lines = cart.lines.map((line): CartLine => {
    const productId = entries.get(line.variantId)?.product.id
    return productId === undefined || productId === line.productId ? line : { ...line, productId }
  })
  return { ...cart, lines }
}

/** A cart and its price as callers see them. */
export function cartWithQuote(cart: Cart, version: number, priced: PricedCart): CartWithQuote {
  const { quote: price, gathered, pricingInputs } = priced
  return {
    cart: cartView(cart, version),
    quote: toldQuote(price, gathered.inputs),
    ...(pricingInputs === undefined ? {} : { pricingInputs }),
  }
}

/** A cart as callers see it: without its token and keys. */
export function cartView(cart: Cart, version: number): CartView {
  return {
    id: cart.id,
    version,
    currency: cart.currency,
    lines: cart.lines.map((line) => ({
      id: line.id,
      variantId: line.variantId,
      quantity: line.quantity ?? 1,
      ...(line.parts === undefined ? {} : { parts: line.parts }),
      recipient: line.recipient ?? { type: 'buyer' },
    })),
    codes: cart.codes ?? [],
    country: cart.country ?? null,
    ...(cart.region === undefined ? {} : { region: cart.region }),
    orderId: cart.orderId ?? null,
    ...(cart.nextCartId === undefined ? {} : { nextCartId: cart.nextCartId }),
    pendingOrderId: cart.checkout?.orderId ?? null,
  }
}
