import { sortFew } from '../ids/index.ts'
import {
  amountIn,
  type ConditionsVerdict,
  judgeConditions,
  type Missing,
  type PromotionContext,
  type PromotionRules,
} from '../promotion/index.ts'
import { linesAsked, linesTaken } from './benefit-lines.ts'
import { comparePrecedence } from './compare-precedence.ts'
import type { Contender } from './contender.ts'
import type { MoneyLimit } from './limit-money.ts'
import type { PricedCode, PricedPromotion, PricingInputs } from './pricing-inputs.ts'
import type { CodeRefusal } from './quote.ts'
import { refusePromotion } from './refuse-promotion.ts'
import type { SoldLine } from './working-line.ts'

/** A promotion that may be applied to this cart: only others stand in its way. */
export interface EligiblePromotion extends Contender {
  /** The promotion. */
  readonly promotion: PricedPromotion
  /** The code that opened it; null for one that needs none. */
  readonly code: PricedCode | null
}

/** Why a promotion gives nothing to this cart. */
export interface Refusal {
  /** The first reason. */
  readonly reason: CodeRefusal
  /** What would help. */
  readonly missing?: Missing | undefined
}

/** What became of promotions and codes before they compete. */
export interface JudgedPromotions {
  /** By precedence: the larger priority first, ties by the smaller id. */
  readonly eligible: readonly EligiblePromotion[]
  /** Why a code gives nothing, by code id; none for a code whose promotion is eligible. */
  readonly refusals: ReadonlyMap<string, Refusal>
  /** Those without a code that run now and whose conditions do not hold, by precedence. */
  readonly turnedDown: readonly { readonly promotion: PricedPromotion; readonly refusal: Refusal }[]
}

/**
 * Finds the promotions whose site, window, limits, code and conditions hold. Of several codes of one promotion the
 * first opens it, and it gives its benefit once. A promotion that needs no code takes none: a code of it is valid
 * and is not used.
 */
export function judgePromotions(
  inputs: PricingInputs,
  sold: readonly SoldLine[],
  context: PromotionContext,
  rules: PromotionRules,
): JudgedPromotions {
  const codes = openPromotions(inputs)
  const eligible: EligiblePromotion[] = []
  const turnedDown: { promotion: PricedPromotion; refusal: Refusal }[] = []
  for (const promotion of byPrecedence(inputs.promotions)) {
    const code = promotion.requiresCode ? codes.opened.get(promotion.id) : null
    if (code === undefined) continue
    if (code === null && refusePromotion(promotion, null, inputs) !== null) continue
    const judged = judgeOne({ promotion, code }, sold, context, rules)
    if (!('reason' in judged)) {
      eligible.push(judged)
      continue
    }
    codes.refuseAll(promotion.id, judged)
    if (code === null) turnedDown.push({ promotion, refusal: judged })
  }
  return { eligible, refusals: codes.refusals, turnedDown }
}

const NOT_VALID: Refusal = { reason: 'not_valid' }
const NOT_HERE: Refusal = { reason: 'not_here' }

function judgeOne(
  { promotion, code }: Pick<EligiblePromotion, 'promotion' | 'code'>,
  sold: readonly SoldLine[],
  context: PromotionContext,
  rules: PromotionRules,
): EligiblePromotion | Refusal {
  const { benefit, conditions, limits } = promotion
  const rule = rules.benefits.get(benefit.type)
  if (rule === undefined) return NOT_VALID
  if (!isLimitedIn(limits.money, context) || !isLimitedIn(limits.moneyPerOrder, context)) return NOT_HERE
  const takes = rule.takesFrom?.(benefit) ?? null
  const verdict: ConditionsVerdict<SoldLine> = judgeConditions(conditions, linesAsked(takes, sold), context, rules)
  if (verdict.type === 'fail') return verdict
  const lines = linesTaken(takes, verdict.selected, sold)
  if (lines.length === 0) return nothingFor({ promotion, rule, lines }, context)
  return {
    ...{ promotion, code, rule, lines, money: moneyLimit(promotion, context) },
    step: verdict.namesLines || takes !== null ? 'line_promotion' : 'cart_promotion',
    isUncertain: verdict.isUncertain || promotion.customerUsesLeft === 'unknown' || isOfNobodyYet(code),
  }
}

/** The refusal of a promotion whose conditions hold and whose benefit comes to nothing. */
export function nothingFor(
  { promotion, rule, lines }: Pick<EligiblePromotion, 'promotion' | 'rule' | 'lines'>,
  context: PromotionContext,
): Refusal {
  const missing = rule.missing?.(promotion.benefit, lines, context) ?? null
  return missing === null ? { reason: 'not_for_these_items' } : { reason: 'not_for_these_items', missing }
}

/** Nothing is converted: a limit without an amount in the cart's currency means that it gives nothing in it. */
export function isLimitedIn(amounts: PricedPromotion['limits']['money'], { currency }: PromotionContext): boolean {
  return amounts === null || amounts === undefined || amountIn(amounts, currency) !== null
}

/** How much a promotion may give to one order. */
export function moneyLimit(
  { limits, moneyLeft = null }: PricedPromotion,
  { currency }: PromotionContext,
): MoneyLimit | null {
  const perOrder = amountIn(limits.moneyPerOrder ?? [], currency)
  if (perOrder === null && moneyLeft === null) return null
  return { perOrder, left: moneyLeft, whenShort: limits.whenShort ?? 'nothing' }
}

/** Is it decided only at checkout whether this shopper may use the code? */
export function isOfNobodyYet(code: PricedCode | null): boolean {
  return code?.customerUsesLeft === 'unknown' || code?.isTheirs === 'unknown'
}

/** Judges each code by itself, in their order, and says which promotions are open. */
export function openPromotions(inputs: PricingInputs): {
  opened: ReadonlyMap<string, PricedCode>
  refusals: ReadonlyMap<string, Refusal>
  refuseAll(promotionId: string, refusal: Refusal): void
} {
  const opened = new Map<string, PricedCode>()
  const refusals = new Map<string, Refusal>()
  const promotions = new Map(inputs.codes.length === 0 ? [] : inputs.promotions.map((one) => [one.id, one]))
  for (const code of inputs.codes) {
    const promotion = promotions.get(code.promotionId) ?? null
    const reason = refusePromotion(promotion, code, inputs)
    if (reason !== null) refusals.set(code.id, { reason })
    else if (!opened.has(code.promotionId)) opened.set(code.promotionId, code)
  }
  return {
    opened,
    refusals,
    refuseAll(promotionId, refusal) {
      for (const code of inputs.codes) {
        if (code.promotionId === promotionId && !refusals.has(code.id)) refusals.set(code.id, refusal)
      }
    },
  }
}

function byPrecedence(promotions: readonly PricedPromotion[]): readonly PricedPromotion[] {
  return promotions.length < 2 ? promotions : sortFew([...promotions], comparePrecedence)
}
