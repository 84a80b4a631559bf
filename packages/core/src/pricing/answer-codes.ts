import type { PromotionContext } from '../promotion/index.ts'
import { namesOf } from './hint-promotions.ts'
import { type EligiblePromotion, type JudgedPromotions, nothingFor, type Refusal } from './judge-promotions.ts'
import type { PricedCode, PricedPromotion } from './pricing-inputs.ts'
import type { QuoteCode } from './quote.ts'
import { type Outcome, tryTogether } from './try-together.ts'
import type { SoldLine } from './working-line.ts'

/** What codes are answered from. */
export interface CodeFacts {
  /** The cart's codes. */
  readonly codes: readonly PricedCode[]
  /** The promotions that could touch it. */
  readonly promotions: readonly PricedPromotion[]
  /** What became of promotions before they competed. */
  readonly judged: JudgedPromotions
  /** What applies. */
  readonly best: Outcome<EligiblePromotion>
  /** The lines that can be sold. */
  readonly sold: readonly SoldLine[]
  /** What promotions see. */
  readonly context: PromotionContext
}

/** Says of each code whether it took something off, and if not, the first reason. It leaves its traces in `left`. */
export function answerCodes(facts: CodeFacts): readonly QuoteCode[] {
  return facts.codes.map((code) => {
    const refusal = refuseCode(code, facts)
    const { id, code: word } = code
    const name = code.signed ? facts.promotions.find(({ id: own }) => own === code.promotionId)?.name : undefined
    const named = { id, code: word, ...(name === undefined ? {} : { name }) }
    if (refusal === null) return { ...named, applied: true, refusal: null }
    const { reason, missing } = refusal
    return {
      ...{ ...named, applied: false, refusal: reason },
      ...(missing === undefined ? {} : { missing }),
      ...(reason === 'not_with_others' ? { others: namesOf(facts.best) } : {}),
    }
  })
}

function refuseCode(code: PricedCode, facts: CodeFacts): Refusal | null {
  const early = facts.judged.refusals.get(code.id)
  if (early !== undefined) return early
  const eligible = facts.judged.eligible.find(({ promotion }) => promotion.id === code.promotionId)
  // Does not occur: a code whose promotion is not eligible has its refusal above.
  if (eligible === undefined) return { reason: 'not_valid' }
  if (eligible.code !== null && eligible.code.id !== code.id) return { reason: 'not_with_others' }
  if (facts.best.taken.some(({ by }) => by === eligible)) return null
  return givesSomething(eligible, facts) ? { reason: 'not_with_others' } : nothingFor(eligible, facts.context)
}

function givesSomething(eligible: EligiblePromotion, { sold, context }: CodeFacts): boolean {
  return tryTogether([eligible], sold, context).discount > 0
}
