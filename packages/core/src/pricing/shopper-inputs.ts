import { mentions, type PromotionRules } from '../promotion/index.ts'
import type { SaleTaxes } from '../tax/index.ts'
import { contextOf } from './apply-promotions.ts'
import { PAGE_VERSION, type PageInputs, type PageLine, type PageTaxes } from './page-inputs.ts'
import { type JudgedForPage, pagePromotions } from './page-promotions.ts'
import { cartHead } from './price-inputs.ts'
import { type PageCart, pageLines, pricePage } from './price-page.ts'
import type { PricingInputs } from './pricing-inputs.ts'
import type { Quote } from './quote.ts'
import { scheduleLines } from './schedule-lines.ts'
import { taxSettings } from './tax-settings.ts'
import { withinSigned } from './within-signed.ts'
import type { SoldLine } from './working-line.ts'

/** A quantity that reaches every tier. */
const MANY = 1000

/**
 * What a shopper's page may price the cart with, after other quantities or without some lines. It is of the cart as it is
 * now: for it the page's total is the server's, or there is none.
 *
 * It says nothing that the shopper was not given: of a promotion only what applies to this shopper, now, to what is in the
 * cart; no code but those typed that are valid; no customers, groups, domains, dates or other products; no budget, and not
 * what is left of uses or places; of price lists only what the lines cost here by quantity.
 *
 * @param priced the server's quote of them.
 * @returns null where the page could not come to the server's total.
 */
export function shopperInputs(given: PricingInputs, priced: Quote, rules: PromotionRules): PageInputs | null {
  const inputs = withinSigned(given)
  // What a calculator said holds for the amounts that it was asked about; a price that promotions decide on is theirs to say.
  if (inputs.taxes !== undefined || hasContestedPrice(inputs)) return null
  const { lines, isFixed } = scheduleLines(inputs, rules)
  // Each member by name: one that pricing gets to know later is not told before somebody thought of it.
  const base: PageInputs = {
    version: PAGE_VERSION,
    head: cartHead(inputs),
    context: { ...contextOf(inputs), shopper: { customerId: null, groups: [], firstOrder: 'unknown' } },
    ...(inputs.site.promotionChoice === undefined ? {} : { choice: inputs.site.promotionChoice }),
    lines,
    ...(isFixed ? { isFixed } : {}),
    promotions: [],
    taxes: pageTaxes(inputs, lines),
    taxRounding: inputs.site.taxRounding ?? 'line',
  }
  const cart = { lines: inputs.lines, codes: new Set(inputs.codes.map(({ id }) => id)) }
  const promotions = pagePromotions(inputs, sellable(base, inputs), contextOf(inputs), rules)
    .filter((one) => couldGive(one, cart, { inputs, base, rules }))
    .map(({ shown }) => shown)
  const shown = { ...base, promotions }
  return isPricedAlike(shown, priced, cart, rules) ? shown : null
}

/** May a promotion decide which price of a variant counts? */
function hasContestedPrice({ assignments = [], lines }: PricingInputs): boolean {
  return assignments.some(
    ({ variantId, promotions }) => promotions !== 'stack' && lines.some((line) => line.variantId === variantId),
  )
}

/** The lines in the first quantity in which they can be sold, with the collections that a page is not told. */
function sellable({ lines }: PageInputs, { variants }: PricingInputs): readonly SoldLine[] {
  const { sold } = pageLines(lines, inTier(lines, 0))
  return sold.map((line) => ({ ...line, collections: variants[line.variantId]?.collections }))
}

/**
 * The lines in the fewest units of their price at this place, or of their last one, or in the most that cost that; without those
 * that can't be sold.
 */
function inTier(lines: readonly PageLine[], tier: number, which: 'fewest' | 'most' = 'fewest'): PageCart['lines'] {
  return lines.flatMap(({ id, prices }) => {
    const tiers = prices.flatMap((price, place) => {
      const next = which === 'most' ? prices[place + 1] : undefined
      return 'refusal' in price ? [] : next === undefined ? price.from : next.from - 1
    })
    const quantity = tiers[Math.min(tier, tiers.length - 1)]
    return quantity === undefined ? [] : [{ id, quantity }]
  })
}

/**
 * Asked of the engine: alone, as the cart is, with as much as can be bought, and with the fewest and the most units of each
 * price, by what is left of it. What must not be in the cart may be gone with some lines.
 */
function couldGive(
  { shown, money }: JudgedForPage,
  cart: PageCart,
  { inputs, base, rules }: { inputs: PricingInputs; base: PageInputs; rules: PromotionRules },
): boolean {
  const alone = { ...base, promotions: [{ ...shown, money }] }
  const much = inputs.lines.map(({ id, variantId, quantity }) => ({
    id,
    quantity: Math.max(quantity, Math.min(MANY, inputs.variants[variantId]?.maximumQuantity ?? 1)),
  }))
  const withLess = {
    ...shown,
    money,
    conditions: shown.conditions.filter((condition) => !mentions([condition], 'none')),
  }
  const tried = { ...base, promotions: [withLess] }
  const tiers = Math.max(0, ...base.lines.map(({ prices }) => prices.length))
  const carts = [
    ...[inputs.lines, much],
    ...Array.from({ length: tiers }, (_, tier) => inTier(base.lines, tier)),
    ...Array.from({ length: tiers }, (_, tier) => inTier(base.lines, tier, 'most')),
  ]
  return gives(alone, cart, rules) || carts.some((lines) => gives(tried, { ...cart, lines }, rules))
}

/** An amount beyond all bounds is not given. */
function gives(alone: PageInputs, cart: PageCart, rules: PromotionRules): boolean {
  try {
    return pricePage(alone, cart, rules).price.discount > 0
  } catch (error) {
    if (error instanceof RangeError) return false
    throw error
  }
}

function pageTaxes(inputs: PricingInputs, lines: readonly PageLine[]): readonly PageTaxes[] {
  const { dueOn } = taxSettings(inputs)
  const prices = lines.flatMap((line) => line.prices)
  const parts = prices.flatMap((price) => ('refusal' in price ? [] : price.parts))
  const found = new Map<SaleTaxes, string[]>()
  for (const category of new Set(parts.map(({ variant }) => variant.taxCategory))) {
    const due = dueOn(category)
    if (due !== null) found.set(due, [...(found.get(due) ?? []), category])
  }
  return [...found].map(([{ taxes, isOfSeveral, denominator }, categories]) => ({
    ...{ categories, isOfSeveral, denominator: `${denominator}` },
    taxes: taxes.map((tax) => ({ ...tax, numerator: `${tax.numerator}` })),
  }))
}

function isPricedAlike(shown: PageInputs, priced: Quote, cart: PageCart, rules: PromotionRules): boolean {
  const again = pricePage(shown, cart, rules).price
  return again.total === priced.total && JSON.stringify(again.lines) === JSON.stringify(priced.lines)
}
