import type { PromotionContext, PromotionRules } from '../promotion/index.ts'
import { comparePrecedence } from './compare-precedence.ts'
import { freezeConditions } from './freeze-conditions.ts'
import { isLimitedIn, isOfNobodyYet, moneyLimit } from './judge-promotions.ts'
import type { MoneyLimit } from './limit-money.ts'
import type { PagePromotion } from './page-inputs.ts'
import type { PricedPromotion, PricingInputs } from './pricing-inputs.ts'
import { refusePromotion } from './refuse-promotion.ts'
import type { SoldLine } from './working-line.ts'

/** A promotion as a page is sent it, with what the page is not told. */
export interface JudgedForPage {
  /** What is sent. */
  readonly shown: PagePromotion
  /** How much it may give, with what is left of its budget. */
  readonly money: MoneyLimit | null
}

/**
 * The promotions that this shopper could be given, now, whatever the quantities: those that run, that a code opens if they
 * need one, and whose conditions can hold. Of each only what a page may know: no budget, no limits but that of money for
 * one order, no code but those typed that are valid, and the conditions with the facts put into them.
 *
 * @param lines what could be sold of the cart, ordered by id.
 */
export function pagePromotions(
  inputs: PricingInputs,
  lines: readonly SoldLine[],
  context: PromotionContext,
  rules: PromotionRules,
): readonly JudgedForPage[] {
  const groups = [...new Set(inputs.promotions.map(groupOf))]
  return [...inputs.promotions].sort(comparePrecedence).flatMap((promotion): JudgedForPage[] => {
    const codes = promotion.requiresCode ? codesFor(promotion, inputs) : null
    const rule = rules.benefits.get(promotion.benefit.type)
    const isShut = codes === null ? refusePromotion(promotion, null, inputs) !== null : codes.length === 0
    const { limits } = promotion
    const isHere = isLimitedIn(limits.money, context) && isLimitedIn(limits.moneyPerOrder, context)
    if (rule === undefined || isShut || !isHere) return []
    const frozen = freezeConditions(promotion.conditions, { lines, context, rules })
    if (frozen === null) return []
    const { id, name, benefit, stacking, priority, customerUsesLeft } = promotion
    const group = groupOf(promotion) === null ? null : `${groups.indexOf(groupOf(promotion))}`
    const money = moneyLimit(promotion, context)
    const names = frozen.namesLines || (rule.takesFrom?.(benefit) ?? null) !== null
    const shown: PagePromotion = {
      promotion: { id, name, benefit, stacking, group, priority },
      conditions: frozen.conditions,
      codes,
      money: money === null || money.perOrder === null ? null : { ...money, left: null },
      step: names ? 'line_promotion' : 'cart_promotion',
      isUncertain: frozen.isUncertain || customerUsesLeft === 'unknown',
    }
    return [{ shown, money }]
  })
}

const groupOf = ({ group = null }: PricedPromotion): string | null => group

/** Of several the first opens it. What the host signed the promotion gives for that one code alone. */
function codesFor(promotion: PricedPromotion, inputs: PricingInputs): NonNullable<PagePromotion['codes']> {
  const valid = inputs.codes.filter(
    (code) => code.promotionId === promotion.id && refusePromotion(promotion, code, inputs) === null,
  )
  const shown = valid[0]?.signed ? valid.slice(0, 1) : valid.filter(({ signed }) => !signed)
  return shown.map((code) => ({ id: code.id, code: code.code, isUncertain: isOfNobodyYet(code) }))
}
