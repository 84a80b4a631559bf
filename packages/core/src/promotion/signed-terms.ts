import { isCurrency, isRate, type Money } from '../money/index.ts'
import { amountIn } from './amount-in.ts'
import type { Promotion, PromotionBenefit, SignedTerms } from './promotion.ts'

/** At most so many products in a signed discount. */
const MAXIMUM_PRODUCTS = 100
/** As a promotion's id is formed. */
const ID = /^[A-Za-z0-9_-]{1,64}$/

type Signable = Extract<PromotionBenefit, { type: 'percent' | 'fixed' }>
type Drawn = Pick<Promotion, 'signedByHost' | 'requiresCode' | 'benefit'>

/** May the host sign less of this benefit than it gives? */
export function isSignable(benefit: PromotionBenefit): benefit is Signable {
  return benefit.type === 'percent' || benefit.type === 'fixed'
}

/** Does the promotion let the host sign such a discount? Asked for each quote: an operator may think otherwise later. */
export function allowsTerms(promotion: Drawn, terms: SignedTerms): boolean {
  return drawnOf(promotion, terms) !== null
}

/** What is wrong with terms that the host signed, for the operator's log, or null: they never give more than the promotion. */
export function wrongTerms(promotion: Drawn, terms: SignedTerms): string | null {
  const drawn = drawnOf(promotion, terms)
  if (drawn === null) return 'its promotion lets no such discount be signed'
  if (terms.percent !== undefined && terms.amount !== undefined) return 'it says both percent and amount'
  return ('percent' in drawn ? wrongPercent(drawn) : wrongAmount(drawn)) ?? wrongProducts(terms.products)
}

/** What was signed beside the most that it can be. */
type DrawnValue = { percent: string; most: string } | { amount: Money; most: readonly Money[] }

function drawnOf({ signedByHost, requiresCode, benefit }: Drawn, { percent, amount }: SignedTerms): DrawnValue | null {
  if (signedByHost !== true || !requiresCode || !isSignable(benefit)) return null
  if (benefit.type === 'percent') return percent === undefined ? null : { percent, most: benefit.percent }
  return amount === undefined ? null : { amount, most: benefit.amounts }
}

function wrongPercent({ percent, most }: Extract<DrawnValue, { percent: string }>): string | null {
  if (!isRate(percent) || Number(percent) === 0) return 'its percent is no decimal over 0'
  return Number(percent) > Number(most) ? 'its percent is above that of the promotion' : null
}

function wrongAmount({ amount, most }: Extract<DrawnValue, { amount: Money }>): string | null {
  const { currency, amount: minor } = amount
  if (!isCurrency(currency) || !Number.isSafeInteger(minor) || minor < 1) return 'its amount is no whole number from 1'
  const atMost = amountIn(most, currency)
  if (atMost === null) return 'its promotion gives nothing in its currency'
  return minor > atMost ? 'its amount is above that of the promotion' : null
}

function wrongProducts(products: SignedTerms['products']): string | null {
  if (products === undefined) return null
  const isList = products.length > 0 && products.length <= MAXIMUM_PRODUCTS && products.every((id) => ID.test(id))
  return isList ? null : `its products are not 1 to ${MAXIMUM_PRODUCTS} ids`
}

/**
 * A promotion as a signed discount lets it be: the smaller of both values, for the products of both. In a currency of which
 * nothing was signed it gives nothing.
 */
export function withinTerms<P extends Pick<Promotion, 'benefit' | 'conditions'>>(promotion: P, terms: SignedTerms): P {
  const { products } = terms
  const { conditions } = promotion
  return {
    ...promotion,
    benefit: smallerOf(promotion.benefit, terms),
    conditions: products === undefined ? conditions : [...conditions, { type: 'products', products }],
  }
}

function smallerOf(benefit: PromotionBenefit, { percent, amount }: SignedTerms): PromotionBenefit {
  // The open arm of host kinds hides the built-in arms' members from a plain comparison of `type`.
  if (!isSignable(benefit)) return benefit
  if (benefit.type === 'percent') {
    const isLess = percent !== undefined && Number(percent) < Number(benefit.percent)
    return isLess ? { ...benefit, percent } : benefit
  }
  const amounts = benefit.amounts.flatMap((most) =>
    most.currency === amount?.currency ? [{ ...most, amount: Math.min(most.amount, amount.amount) }] : [],
  )
  return { ...benefit, amounts }
}
