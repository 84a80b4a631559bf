import {
  type BenefitRule,
  type ConditionsVerdict,
  judgeConditions,
  type PromotionContext,
  type PromotionRules,
} from '../promotion/index.ts'
import { comparePrecedence } from './compare-precedence.ts'
import type { PricedCode, PricedPromotion, PricingInputs } from './pricing-inputs.ts'
import type { CodeRefusal } from './quote.ts'
import { refusePromotion } from './refuse-promotion.ts'
import type { WorkingLine } from './working-line.ts'

/** A promotion that may be applied to this cart: only others stand in its way. */
export interface EligiblePromotion {
  /** The promotion. */
  readonly promotion: PricedPromotion
  /** The code that opened it; null for one that needs none. */
  readonly code: PricedCode | null
  /** Reckons its benefit. */
  readonly rule: BenefitRule
  /** The lines that it takes something off, at least one, ordered by id. */
  readonly lines: readonly WorkingLine[]
  /** One whose conditions name lines is a line promotion. */
  readonly step: 'line_promotion' | 'cart_promotion'
  /** Does it rest on something that is not known of the shopper? */
  readonly isUncertain: boolean
}

/** What became of promotions and codes before they compete. */
export interface JudgedPromotions {
  /** By precedence: the larger priority first, ties by the smaller id. */
  readonly eligible: readonly EligiblePromotion[]
  /** Why a code gives nothing, by code id; none for a code whose promotion is eligible. */
  readonly refusals: ReadonlyMap<string, CodeRefusal>
}

/**
 * Finds the promotions whose site, window, limits, code and conditions hold. Of several codes of one promotion the
 * smallest id opens it, and it gives its benefit once. A promotion that needs no code takes none: a code of it is valid
 * and is not used.
 */
export function judgePromotions(
  inputs: PricingInputs,
  sold: readonly WorkingLine[],
  context: PromotionContext,
  rules: PromotionRules,
): JudgedPromotions {
  const codes = openPromotions(inputs)
  const eligible: EligiblePromotion[] = []
  for (const promotion of byPrecedence(inputs.promotions)) {
    const code = promotion.requiresCode ? codes.opened.get(promotion.id) : null
    if (code === undefined) continue
    if (code === null && refusePromotion(promotion, null, inputs) !== null) continue
    const verdict = judgeConditions(promotion.conditions, sold, context, rules)
    const rule = rules.benefits.get(promotion.benefit.type)
    if (verdict.type === 'fail') codes.refuseAll(promotion.id, verdict.reason)
    else if (rule === undefined) codes.refuseAll(promotion.id, 'not_valid')
    else eligible.push(eligiblePromotion({ promotion, code, rule, verdict }))
  }
  return { eligible, refusals: codes.refusals }
}

function eligiblePromotion(found: {
  promotion: PricedPromotion
  code: PricedCode | null
  rule: BenefitRule
  verdict: Extract<ConditionsVerdict<WorkingLine>, { type: 'hold' }>
}): EligiblePromotion {
  const { promotion, code, rule, verdict } = found
  return {
    promotion,
    code,
    rule,
    lines: verdict.selected,
    step: verdict.namesLines ? 'line_promotion' : 'cart_promotion',
    isUncertain: verdict.isUncertain || promotion.customerUsesLeft === 'unknown',
  }
}

/** Judges each code by itself, and says which promotions are open. */
function openPromotions(inputs: PricingInputs): {
  opened: ReadonlyMap<string, PricedCode>
  refusals: ReadonlyMap<string, CodeRefusal>
  refuseAll(promotionId: string, reason: CodeRefusal): void
} {
  const opened = new Map<string, PricedCode>()
  const refusals = new Map<string, CodeRefusal>()
  const promotions = new Map(inputs.codes.length === 0 ? [] : inputs.promotions.map((one) => [one.id, one]))
  for (const code of inputs.codes) {
    const promotion = promotions.get(code.promotionId) ?? null
    const refusal = refusePromotion(promotion, code, inputs)
    const other = opened.get(code.promotionId)
    if (refusal !== null) refusals.set(code.id, refusal)
    else if (other === undefined || code.id < other.id) opened.set(code.promotionId, code)
  }
  return {
    opened,
    refusals,
    refuseAll(promotionId, reason) {
      for (const code of inputs.codes) {
        if (code.promotionId === promotionId && !refusals.has(code.id)) refusals.set(code.id, reason)
      }
    },
  }
}

function byPrecedence(promotions: readonly PricedPromotion[]): readonly PricedPromotion[] {
  return promotions.length < 2 ? promotions : [...promotions].sort(comparePrecedence)
}
