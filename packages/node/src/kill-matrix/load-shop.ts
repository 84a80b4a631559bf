import { setTimeout as sleep } from 'node:timers/promises'
import type { CartWithQuote, CheckoutResult, PageOf, ProductView } from '@bursar/core/client'

/** People who buy from a shop, one course after another, until they are told to stop. */
export interface LoadedShop {
  /** Ids of the orders that they were told of. */
  readonly orders: ReadonlySet<string>
  /** Waits until they were told of so many more. @throws Error what ended one of them */
  untilOrders(more: number): Promise<void>
  /** Waits until each of these addresses has failed to serve one of them from now on. @throws Error what ended one of them */
  untilRefused(urls: readonly string[]): Promise<void>
  /** Lets each end what they have begun. @throws Error what ended one of them */
  end(): Promise<void>
}

/** How long somebody asks for one thing, in milliseconds. */
const PATIENCE_MS = 90_000

/**
 * Lets so many people buy. They ask the addresses in turn; who is not answered, or with a 5xx, sends the same with the same key
 * to the next one, as a client does.
 */
export function loadShop(urls: () => readonly string[], buyers: number): LoadedShop {
  const orders = new Set<string>()
  const refused = new Set<string>()
  let asked = 0
  let isOver = false
  let failure: unknown

  async function ask<T>(learner: string, path: string, body: unknown): Promise<T> {
    const headers = { 'x-learner': learner, 'content-type': 'application/json', 'idempotency-key': `key-of-${path}` }
    const init = { method: 'POST', headers, body: JSON.stringify(body) }
    const until = performance.now() + PATIENCE_MS
    while (performance.now() < until) {
      const all = urls()
      asked += 1
      const url = all[asked % all.length] ?? ''
      const response = await fetch(`${url}${path}`, init).catch(() => null)
      if (response?.ok) return (await response.json()) as T // of the operation at this path
      const told = (await response?.text().catch(() => '')) ?? ''
      // What another attempt has begun, and not answered, is under way.
      if (response !== null && response.status < 500 && !told.includes('in_progress')) {
        throw new Error(`${path} was answered with ${response.status}: ${told}`)
      }
      refused.add(url)
      await sleep(25)
    }
    throw new Error(`${path} was never answered.`)
  }

  async function buy(learner: string, variantId: string): Promise<void> {
    const { cart, quote } = await ask<CartWithQuote>(learner, '/v1/carts', { lines: [{ lineId: 'a', variantId }] })
    const { order } = await ask<CheckoutResult>(learner, `/v1/carts/${cart.id}/checkout`, {
      ...{ expectedTotal: { amount: quote.total, currency: quote.currency }, paymentToken: 'tok_approve' },
    })
    orders.add(order.id)
  }

  async function buyUntilOver(buyer: number): Promise<void> {
    const products = (await (await fetch(`${urls()[0]}/v1/products`)).json()) as PageOf<ProductView>
    const variantId = products.items[0]?.variants[0]?.id ?? ''
    for (let n = 0; !isOver; n += 1) await buy(`learner-${buyer}-${n}`, variantId)
  }

  const buying = Array.from({ length: buyers }, (_, buyer) =>
    buyUntilOver(buyer).catch((error: unknown) => {
      failure ??= error
      isOver = true
    }),
  )

  async function until(isSo: () => boolean): Promise<void> {
    while (!isSo()) {
      if (failure !== undefined) throw failure
      await sleep(5)
    }
  }

  return {
    orders,
    untilOrders: (more) => {
      const wanted = orders.size + more
      return until(() => orders.size >= wanted)
    },
    untilRefused: (all) => {
      refused.clear()
      return until(() => all.every((url) => refused.has(url)))
    },
    async end() {
      isOver = true
      await Promise.all(buying)
      if (failure !== undefined) throw failure
    },
  }
}
