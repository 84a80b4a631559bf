import { isCurrency, isRate } from '../money/index.ts'
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
export function allowsTerms({ signedByHost, requiresCode, benefit }: Drawn, terms: SignedTerms): boolean {
  if (signedByHost !== true || !requiresCode) return false
  return benefit.type === 'percent'
    ? terms.percent !== undefined
    : benefit.type === 'fixed' && terms.amount !== undefined
}

/** What is wrong with terms that the host signed, for the operator's log, or null: they never give more than the promotion. */
export function wrongTerms(promotion: Drawn, terms: SignedTerms): string | null {
  if (!allowsTerms(promotion, terms)) return 'its promotion lets no such discount be signed'
  return wrongValue(promotion, terms) ?? wrongProducts(terms.products)
}

function wrongValue({ benefit }: Drawn, { percent, amount }: SignedTerms): string | null {
  if (percent !== undefined && amount !== undefined) return 'it says both percent and amount'
  if (percent !== undefined && benefit.type === 'percent') {
    if (!isRate(percent) || !(Number(percent) > 0)) return 'its percent is no decimal over 0'
    return Number(percent) > Number(benefit.percent) ? 'its percent is above that of the promotion' : null
  }
  if (amount !== undefined && benefit.type === 'fixed') {
    const { currency, amount: minor } = amount
    if (!isCurrency(currency) || !Number.isSafeInteger(minor) || minor < 1)
      return 'its amount is no whole number from 1'
    const most = amountIn(benefit.amounts, currency)
    if (most === null) return 'its promotion gives nothing in its currency'
    return minor > most ? 'its amount is above that of the promotion' : null
  }
  return 'it says no value'
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
    return percent === undefined || Number(percent) > Number(benefit.percent) ? benefit : { ...benefit, percent }
  }
  const amounts = benefit.amounts.flatMap((most) =>
    most.currency === amount?.currency ? [{ ...most, amount: Math.min(most.amount, amount.amount) }] : [],
  )
  return { ...benefit, amounts }
}
