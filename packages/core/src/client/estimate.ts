import type { CartWithQuote } from '../cart/index.ts'
import { createEstimateCart, type PageInputs, type Quote } from '../pricing/index.ts'
import type { HostRules } from '../promotion/index.ts'
import type { Estimate } from './cart-store/cart-store.ts'

export type { BenefitRule, ConditionRule, HostRules } from '../promotion/index.ts'
export type { Estimate }

/** Makes what a cart store reckons with, for a shop whose host has kinds of promotions of its own: give it their rules. */
export function createEstimate(host?: HostRules): Estimate {
  const estimateCart = createEstimateCart(host)
  const known = new WeakMap<CartWithQuote, { key: string; price: Quote | null }>()
  return (sent, { lines, codes, currency, country, region }) => {
    const { cart, quote, pricingInputs } = sent
    const isHere = currency === cart.currency && country === cart.country && region === (cart.region ?? null)
    const before = new Map(cart.lines.map(({ id, recipient, parts }) => [id, JSON.stringify([recipient, parts])]))
    const isForSame = lines.every(({ id, recipient, parts }) => before.get(id) === JSON.stringify([recipient, parts]))
    if (!pricingInputs || cart.orderId !== null || !isHere || !isForSame) return null
    const key = JSON.stringify([lines.map(({ id, variantId, quantity }) => [id, variantId, quantity]), codes])
    const last = known.get(sent)
    if (last?.key === key) return last.price
    const inputs = pricingInputs.inputs as unknown as PageInputs // of the same version, or the engine refuses them
    const price = estimateCart({ inputs, quote }, { lines, codes })
    known.set(sent, { key, price })
    return price
  }
}

/** Reckons a cart with Bursar's own kinds of promotions: give `() => import('@bursar/core/estimate')` to a cart store. */
export const estimate: Estimate = /* @__PURE__ */ createEstimate()
