import type { PromotionContext } from '../promotion/index.ts'
import { type Taken, tryTogether } from './choose-promotions.ts'
import type { EligiblePromotion, JudgedPromotions } from './judge-promotions.ts'
import type { PricedCode } from './pricing-inputs.ts'
import type { CodeRefusal, QuoteCode } from './quote.ts'
import type { WorkingLine } from './working-line.ts'

/** What codes are answered from. */
export interface CodeFacts {
  /** The cart's codes. */
  readonly codes: readonly PricedCode[]
  /** What became of promotions before they competed. */
  readonly judged: JudgedPromotions
  /** What the best outcome takes off. */
  readonly taken: readonly Taken[]
  /** The lines that can be sold. */
  readonly sold: readonly WorkingLine[]
  /** What promotions see. */
  readonly context: PromotionContext
}

/** Says of each code whether it took something off, and if not, the first reason. It leaves its traces in `left`. */
export function answerCodes(facts: CodeFacts): readonly QuoteCode[] {
  return facts.codes.map((code) => {
    const refusal = refuseCode(code, facts)
    return { id: code.id, code: code.code, applied: refusal === null, refusal }
  })
}

function refuseCode(code: PricedCode, facts: CodeFacts): CodeRefusal | null {
  const early = facts.judged.refusals.get(code.id)
  if (early !== undefined) return early
  const eligible = facts.judged.eligible.find(({ promotion }) => promotion.id === code.promotionId)
  // Does not occur: a code whose promotion is not eligible has its refusal above.
  if (eligible === undefined) return 'not_valid'
  if (eligible.code !== null && eligible.code.id !== code.id) return 'not_with_others'
  if (facts.taken.some(({ by }) => by === eligible)) return null
  return givesSomething(eligible, facts) ? 'not_with_others' : 'not_for_these_items'
}

function givesSomething(eligible: EligiblePromotion, { sold, context }: CodeFacts): boolean {
  return tryTogether([eligible], sold, context).discount > 0
}
