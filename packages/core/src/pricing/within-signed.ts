import { allowsTerms, withinTerms } from '../promotion/index.ts'
import { openPromotions } from './judge-promotions.ts'
import type { PricedCode, PricingInputs } from './pricing-inputs.ts'

/**
 * Inputs with their codes in the order in which they open promotions, by id, those that the host signed last, for they give
 * less. Where one of those opens a promotion, it gives no more than was signed; one that the promotion does not allow, or no
 * more, is not valid. Nobody typed it, so that it goes by its promotion's name. The engine needs to know nothing else of them: a page is told a promotion as this shopper has it.
 */
export function withinSigned(inputs: PricingInputs): PricingInputs {
  if (inputs.codes.length === 0) return inputs
  const promotions = new Map(inputs.promotions.map((promotion) => [promotion.id, promotion]))
  const codes = inputs.codes.toSorted(byOpening).map((code) => {
    const promotion = promotions.get(code.promotionId)
    if (!code.signed || promotion === undefined) return code
    const isAllowed = allowsTerms(promotion, code.signed)
    return { ...code, code: promotion.name, ...(isAllowed ? {} : { status: 'revoked' as const }) }
  })
  if (!codes.some(({ signed }) => signed)) return codes.length < 2 ? inputs : { ...inputs, codes }
  const { opened } = openPromotions({ ...inputs, codes })
  return {
    ...inputs,
    codes,
    promotions: inputs.promotions.map((promotion) => {
      const signed = opened.get(promotion.id)?.signed
      return signed ? withinTerms(promotion, signed) : promotion
    }),
  }
}

function byOpening(one: PricedCode, other: PricedCode): number {
  if (!one.signed !== !other.signed) return one.signed ? 1 : -1
  return one.id < other.id ? -1 : 1
}
