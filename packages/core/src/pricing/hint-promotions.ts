import { arePublic, type PromotionContext, type PromotionRules } from '../promotion/index.ts'
import { comparePrecedence } from './compare-precedence.ts'
import { type EligiblePromotion, type JudgedPromotions, nothingFor, type Refusal } from './judge-promotions.ts'
import type { PricedPromotion } from './pricing-inputs.ts'
import type { QuoteHint } from './quote.ts'
import { type Outcome, tryTogether } from './try-together.ts'
import type { SoldLine } from './working-line.ts'

/** At most so many hints stand in a quote. */
const MAXIMUM_HINTS = 20

/** What hints are made from. */
export interface HintFacts {
  /** What became of promotions before they competed. */
  readonly judged: JudgedPromotions
  /** What applies. */
  readonly best: Outcome<EligiblePromotion>
  /** The lines that can be sold. */
  readonly sold: readonly SoldLine[]
  /** What promotions see. */
  readonly context: PromotionContext
  /** The kinds of conditions and benefits. */
  readonly rules: PromotionRules
}

/**
 * Says of the promotions that need no code and could touch the cart why they give it nothing. Of one that asks who the
 * shopper is, or that staff keep to themselves, it says nothing, nor of one that no change of the cart would bring nearer.
 * It leaves its traces in `left`.
 */
export function hintPromotions(facts: HintFacts): readonly QuoteHint[] {
  const isTold = ({ promotion }: { promotion: PricedPromotion }) =>
    promotion.hinted !== false && arePublic(promotion.conditions, facts.rules)
  const hints = [...facts.judged.turnedDown, ...shutOut(facts)].filter(isTold).flatMap(hintOf)
  return hints
    .sort((left, right) => comparePrecedence(left.of, right.of))
    .slice(0, MAXIMUM_HINTS)
    .map(({ hint }) => hint)
}

interface NotApplied {
  readonly promotion: PricedPromotion
  readonly refusal: Refusal
  readonly others?: readonly string[]
}

/** Eligible ones that took nothing: for others, or because there was nothing for them to take. */
function shutOut({ judged, best, sold, context }: HintFacts): readonly NotApplied[] {
  const applied = new Set(best.taken.map(({ by }) => by))
  const others = judged.eligible.filter((one) => one.code === null && !applied.has(one))
  return others.map((one): NotApplied => {
    if (tryTogether([one], sold, context).discount === 0) {
      return { promotion: one.promotion, refusal: nothingFor(one, context) }
    }
    return { promotion: one.promotion, refusal: { reason: 'not_with_others' }, others: namesOf(best) }
  })
}

function hintOf({ promotion, refusal, others }: NotApplied): { of: PricedPromotion; hint: QuoteHint }[] {
  const { reason, missing } = refusal
  const isNear = missing !== undefined || reason === 'not_now' || reason === 'not_with_others'
  if (!isNear) return []
  const hint: QuoteHint = {
    ...{ promotion: promotion.id, name: promotion.name, refusal: reason },
    ...(missing === undefined ? {} : { missing }),
    ...(others === undefined ? {} : { others }),
  }
  return [{ of: promotion, hint }]
}

/** Names of what applies, each once, in the order of application. */
export function namesOf({ taken }: Pick<Outcome<EligiblePromotion>, 'taken'>): readonly string[] {
  return [...new Set(taken.map(({ by }) => by.promotion.name))]
}
