import { issueUnless } from '../../errors/index.ts'
import { id } from '../../ids/id.schema.ts'
import { list, tag } from '../../json/field.schema.ts'
import { splitByWeight } from '../../money/index.ts'
import { moneyOf } from '../../money/money.schema.ts'
import { amountIn } from '../amount-in.ts'
import { amountText } from '../amount-text.ts'
import { benefitKind } from '../built-in-kind.schema.ts'
import { checkAmounts } from '../check-amounts.ts'
import { productKey } from '../index-keys.ts'
import type { PromotionBenefit } from '../promotion.ts'
import type { BenefitRule, DiscountableLine } from '../promotion-rules.ts'
import { dearestFirst, type UnitRun } from './unit-runs.ts'

type Benefit = Extract<PromotionBenefit, { type: 'bundle_price' }>

/**
 * One unit of each product, together for a price in the site's price basis, for as many full sets as the cart holds. The
 * units of each product are taken from the dearest on, so that a set is as dear as can be and the shopper saves most; a
 * set that costs less already stays. What a set costs more than the price is spread over its units by what is left of
 * them, by largest remainder, ties to the product that stands first. It gives nothing in a currency without an amount.
 */
export const bundlePriceBenefit: BenefitRule<Benefit> = {
  type: 'bundle_price',
  discounts({ products, amounts }, lines, { currency }) {
    const discounts = lines.map(() => 0)
    const price = amountIn(amounts, currency)
    if (price === null) return discounts
    for (const { units, count } of fullSets(products, lines)) {
      const weights = units.map(({ amount }, index) => ({ id: String(index).padStart(4, '0'), weight: amount }))
      const cost = units.reduce((sum, { amount }) => sum + amount, 0)
      const shares = [...splitByWeight(Math.max(0, cost - price), weights).values()]
      for (const [index, { place }] of units.entries()) {
        discounts[place] = (discounts[place] ?? 0) + (shares[index] ?? 0) * count
      }
    }
    return discounts
  },
  takesFrom: ({ products }) => ({ of: 'selected', selects: ({ productId }) => products.includes(productId) }),
  keepsOrder: () => 'total',
  describe: ({ amounts }, context) => `Together for ${amountText(amounts, context)}`,
}

/** Sets of units of the same prices and lines, and how many of them there are. */
interface Sets {
  readonly units: readonly UnitRun[]
  readonly count: number
}

function fullSets(products: readonly string[], lines: readonly DiscountableLine[]): readonly Sets[] {
  const row = dearestFirst(lines)
  const rows = products.map((id) =>
    row.filter(({ place }) => lines[place]?.productId === id).map((run) => ({ ...run })),
  )
  const sets: Sets[] = []
  for (;;) {
    const units = rows.flatMap((runs) => runs.find(({ count }) => count > 0) ?? [])
    if (units.length < products.length) return sets
    const count = Math.min(...units.map((run) => run.count))
    sets.push({ units: units.map((run) => ({ ...run })), count })
    for (const run of units) run.count -= count
  }
}

/** What staff write for `bundle_price`. */
export const bundlePriceKind = /* @__PURE__ */ benefitKind<Benefit>({
  rule: bundlePriceBenefit,
  indexKeys: ({ products }) => products.map(productKey),
  missing({ products }, lines) {
    const inCart = new Set(lines.map(({ productId }) => productId))
    const absent = products.filter((id) => !inCart.has(id))
    return absent.length === 0 || absent.length === products.length ? null : { products: absent }
  },
  arm: (object) =>
    object<Benefit>()({
      ...{ type: tag('bundle_price'), products: list(id, 20, 2), amounts: list(moneyOf(object), 50, 1) },
    }),
  check: ({ products, amounts }) => [
    ...products.flatMap((product, place) =>
      issueUnless(products.indexOf(product) === place, `products.${place}`, 'stands here twice'),
    ),
    ...checkAmounts(amounts, 'amounts', 0),
  ],
  names: ({ products }) => products.map((id, place) => ({ path: `products.${place}`, record: 'product', id })),
  allows: ({ amounts }) => ({ of: 'currency', values: amounts.map(({ currency }) => currency), path: 'amounts' }),
})
