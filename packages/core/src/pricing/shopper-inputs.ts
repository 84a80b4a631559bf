import type { PromotionCondition, PromotionRules } from '../promotion/index.ts'
import { contextOf } from './apply-promotions.ts'
import { applicableLists } from './choose-price.ts'
import { type FrozenConditions, freezeConditions } from './freeze-conditions.ts'
import { priceInputs } from './price-inputs.ts'
import { priceLines } from './price-lines.ts'
import type { PriceList } from './price-list.ts'
import type { PricedCode, PricedPromotion, PricedVariant, PricingInputs } from './pricing-inputs.ts'
import type { Quote } from './quote.ts'

/** A quantity that reaches every tier. */
const MANY = 1000

/**
 * What a shopper's page may price the cart with, after other quantities or without some lines. It is of the cart as it is
 * now: for it the page's total is the server's, or there is none.
 *
 * It says nothing that the shopper was not given: of a promotion only what applies to this shopper, now, to what is in the
 * cart; no code but those typed that are valid; no customers, groups, domains, dates or other products; no budget, and not
 * what is left of uses or places. Lists of prices that do not count here are left out, and the names of the others.
 *
 * @param priced the server's quote of `inputs`.
 * @returns null where the page could not come to the server's total.
 */
export function shopperInputs(inputs: PricingInputs, priced: Quote, rules: PromotionRules): PricingInputs | null {
  // What a calculator said holds for the amounts that it was asked about.
  if (inputs.taxes !== undefined) return null
  const lists = applicableLists(inputs)
  const variants = shownVariants(inputs, priced, lists)
  // Each member by name: one that pricing gets to know later is not told before somebody thought of it.
  const { engine, now, site, currency, place, lines, taxRates, taxExemption } = inputs
  const assignments = inputs.assignments?.filter(({ variantId }) => variants[variantId] !== undefined)
  const base: PricingInputs = {
    ...{ engine, now, site, currency, place, lines, taxRates },
    ...(assignments === undefined ? {} : { assignments }),
    ...(taxExemption === undefined ? {} : { taxExemption }),
    shopper: { customerId: null, groups: [], firstOrder: 'unknown' },
    variants,
    priceLists: lists.filter((list) => hasPrice(variants, list)).map(withoutReach),
    promotions: [],
    codes: [],
  }
  const promotions = givenPromotions(inputs, base, rules)
  const ids = new Set(promotions.map(({ id }) => id))
  const shown: PricingInputs = {
    ...base,
    promotions,
    codes: inputs.codes.filter(({ promotionId }) => ids.has(promotionId)).map(withoutLimit),
  }
  return isPricedAlike(shown, priced, rules) ? shown : null
}

/** The promotions that could give this shopper something for what is in the cart, in some quantity. */
function givenPromotions(
  inputs: PricingInputs,
  base: PricingInputs,
  rules: PromotionRules,
): readonly PricedPromotion[] {
  const lines = priceLines(inputs).sold
  const groups = [...new Set(inputs.promotions.map(groupOf))]
  const freezer = { lines, context: contextOf(inputs), rules }
  return inputs.promotions.flatMap((promotion) => {
    const frozen = freezeConditions(promotion.conditions, freezer)
    if (frozen === null || !couldGive(promotion, frozen, { inputs, base, rules })) return []
    return withoutSecrets(promotion, frozen, groups)
  })
}

/** Asked of the engine: alone, as the cart is and with as much as can be bought, by what is left of it. */
function couldGive(
  promotion: PricedPromotion,
  { conditions }: FrozenConditions,
  { inputs, base, rules }: { inputs: PricingInputs; base: PricingInputs; rules: PromotionRules },
): boolean {
  const alone = {
    ...base,
    promotions: [{ ...promotion, conditions: asConditions(conditions) }],
    codes: inputs.codes.filter(({ promotionId }) => promotionId === promotion.id),
  }
  const much = inputs.lines.map((line) => ({
    ...line,
    quantity: Math.max(line.quantity, Math.min(MANY, base.variants[line.variantId]?.maximumQuantity ?? 1)),
  }))
  const gives = (some: PricingInputs): boolean => priceInputs(some, rules).price.discount > 0
  return gives(alone) || gives({ ...alone, lines: much })
}

/** A limit by order is part of what is given; a budget, and what is left of uses, is the operator's. */
function withoutSecrets(
  promotion: PricedPromotion,
  { conditions, isUncertain }: FrozenConditions,
  groups: readonly (string | null)[],
): PricedPromotion {
  const { id, name, requiresCode, benefit, stacking, priority, customerUsesLeft, limits } = promotion
  return {
    ...{ id, name, requiresCode, benefit, stacking, priority, status: 'active' },
    ...{ sites: null, from: null, until: null, usesLeft: null },
    conditions: asConditions(conditions),
    limits: { uses: null, usesPerCustomer: null, moneyPerOrder: limits.moneyPerOrder },
    group: groupOf(promotion) === null ? null : `${groups.indexOf(groupOf(promotion))}`,
    customerUsesLeft: isUncertain || customerUsesLeft === 'unknown' ? 'unknown' : null,
  }
}

const groupOf = ({ group = null }: PricedPromotion): string | null => group

function withoutLimit({ id, code, promotionId }: PricedCode): PricedCode {
  return { id, code, promotionId, site: '*', uses: null, usesLeft: null, from: null, until: null, status: 'active' }
}

/**
 * What is priced of each variant. Where places run short, those that the cart has are all that the page knows of; else it
 * knows of no limit.
 */
function shownVariants(
  { variants }: PricingInputs,
  priced: Quote,
  lists: readonly PriceList[],
): PricingInputs['variants'] {
  const counting = new Set(lists.map(({ id }) => id))
  const isShort = priced.lines.some(({ refusal }) => refusal === 'sold_out')
  const taken = new Map(priced.uses.map(({ counter, n }) => [counter, n]))
  const shown = Object.entries(variants).map(([id, variant]): [string, PricedVariant] => {
    const { productId, productType, title, name, refusal, maximumQuantity, taxCategory, bundle, capacity } = variant
    return [
      id,
      {
        ...{ id, productId, productType, title, name, refusal, maximumQuantity, taxCategory, bundle, capacity: null },
        prices: variant.prices.filter(({ priceList }) => counting.has(priceList)),
        ...(variant.lowestRecent === undefined ? {} : { lowestRecent: variant.lowestRecent }),
        placesLeft: isShort && capacity !== null ? (taken.get(`capacity:${id}`) ?? 0) : null,
      },
    ]
  })
  return Object.fromEntries(shown)
}

function hasPrice(variants: PricingInputs['variants'], { id }: PriceList): boolean {
  return Object.values(variants).some(({ prices }) => prices.some(({ priceList }) => priceList === id))
}

/** A list that counts here: for whom and where it counts beside is nobody's business, nor its name. */
function withoutReach({ id, currency, priority }: PriceList): PriceList {
  return { id, name: '', currency, priority, groups: null, countries: null, from: null, until: null, status: 'active' }
}

function isPricedAlike(shown: PricingInputs, priced: Quote, rules: PromotionRules): boolean {
  const again = priceInputs(shown, rules).price
  return again.total === priced.total && JSON.stringify(again.lines) === JSON.stringify(priced.lines)
}

/** Frozen ones are conditions of the kinds that were there, and `variants`, `any` and `none`. */
const asConditions = (conditions: readonly { readonly type: string }[]): readonly PromotionCondition[] =>
  conditions as readonly PromotionCondition[]
