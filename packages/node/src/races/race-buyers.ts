import { isBursarError } from '@bursar/core'
import type { CheckoutResult, Quote } from '@bursar/core/client'
import type { RaceShop } from './race-shop.ts'

/** A cart of somebody who is about to buy. */
export interface RaceCart {
  readonly cartId: string
  readonly quote: Quote
  /** Buys it with this key through a server, at the total that was seen. */
  buy(key: string, server?: number, change?: object): Promise<CheckoutResult>
}

/** What is in a cart, and where it is made. */
export interface RaceCartOptions {
  /** @default the book */
  readonly variantId?: string
  /** Lines instead of one of `variantId`. */
  readonly lines?: readonly string[]
  readonly code?: string
  readonly server?: number
  readonly site?: string
}

/** Fills a cart of a customer. */
export async function cartOf(shop: RaceShop, who: string, options: RaceCartOptions = {}): Promise<RaceCart> {
  const { variantId = shop.variants.book, lines = [variantId], code, server = 0, site } = options
  const { carts } = shop.customer(who, server, site)
  const made = await carts.create({ lines: lines.map((id, index) => ({ lineId: `line-${index}`, variantId: id })) })
  const cartId = made.cart.id
  const { quote } = code === undefined ? made : await carts.applyCode({ cartId, code })
  return {
    ...{ cartId, quote },
    buy: (key, at = server, change = {}) =>
      shop.customer(who, at, site).carts.checkout(
        {
          cartId,
          expectedTotal: { amount: quote.total, currency: quote.currency },
          paymentAccount: 'card',
          paymentToken: 'tok_approve',
          ...change,
        },
        { idempotencyKey: `${key}-of-${who}` },
      ),
  }
}

/** Fills a cart of a guest, who buys it as this address. */
export async function guestCart(
  shop: RaceShop,
  email: string,
  { code, server = 0 }: { code: string; server?: number },
): Promise<RaceCart> {
  const { carts } = shop.guest(server)
  const made = await carts.create({ lines: [{ lineId: 'line-0', variantId: shop.variants.book }] })
  const cartToken = made.token ?? ''
  const cartId = made.cart.id
  const { quote } = await carts.applyCode({ cartId, code }, { cartToken })
  return {
    ...{ cartId, quote },
    buy: (key, at = server, change = {}) =>
      shop.guest(at).carts.checkout(
        {
          cartId,
          expectedTotal: { amount: quote.total, currency: quote.currency },
          paymentAccount: 'card',
          paymentToken: 'tok_approve',
          guest: { email },
          ...change,
        },
        { idempotencyKey: `${key}-of-a-guest`, cartToken },
      ),
  }
}

/** Names of so many buyers. */
export const names = (count: number): string[] => Array.from({ length: count }, (_, n) => `buyer-${n}`)

/** How a crowd of tasks ended. */
export interface CrowdOutcome<T> {
  readonly answers: T[]
  /** Codes of the refusals. */
  readonly refused: string[]
}

/** Does all at once. What is refused is told by its code; anything else, a 5xx above all, is a fault. */
export async function atOnce<T>(tasks: readonly (() => Promise<T>)[]): Promise<CrowdOutcome<T>> {
  const settled = await Promise.allSettled(tasks.map((task) => task()))
  const answers: T[] = []
  const refused: string[] = []
  for (const one of settled) {
    if (one.status === 'fulfilled') answers.push(one.value)
    else if (isBursarError(one.reason) && one.reason.status < 500) refused.push(one.reason.code)
    else throw one.reason
  }
  return { answers, refused }
}

/** All orders of the shop. */
export async function everyOrder(shop: RaceShop): Promise<{ number: string; state: string; total: number }[]> {
  const orders: { number: string; state: string; total: number }[] = []
  let cursor: string | undefined
  do {
    const page = await shop.admin().orders.list({ cursor, limit: 100 })
    orders.push(...page.items)
    cursor = page.nextCursor ?? undefined
  } while (cursor !== undefined)
  return orders
}

/** The secret with which the shopper's browser goes on with a payment. */
export function secretOf({ payment }: CheckoutResult): string {
  return payment?.next?.type === 'client_secret' ? payment.next.clientSecret : ''
}
