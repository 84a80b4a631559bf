import type { ConditionRefusal, PromotableLine, PromotionContext, PromotionRules, Typed } from './promotion-rules.ts'

/** Do a promotion's conditions hold, and which lines do they select? */
export type ConditionsVerdict<Line extends PromotableLine> =
  | {
      type: 'hold'
      /** Lines that get the benefit, at least one, in the order given. */
      selected: readonly Line[]
      /** Did a condition name lines? Then it is a line promotion, else one of the cart. */
      namesLines: boolean
      /** Was one of the conditions answered by `unknown`? */
      isUncertain: boolean
    }
  | { type: 'fail'; reason: ConditionRefusal }

/**
 * Judges all conditions of a promotion; each must hold. First the lines are selected, those that meet every condition
 * about lines; then the conditions about the cart are asked with them. A condition without a rule fails: a promotion
 * that is only half understood gives nothing.
 *
 * @param lines the lines that can be sold, ordered by id.
 */
export function judgeConditions<Line extends PromotableLine>(
  conditions: readonly Typed[],
  lines: readonly Line[],
  context: PromotionContext,
  rules: PromotionRules,
): ConditionsVerdict<Line> {
  let selected = lines
  let namesLines = false
  for (const condition of conditions) {
    const rule = rules.conditions.get(condition.type)
    if (rule === undefined) return { type: 'fail', reason: 'not_valid' }
    if (rule.scope === 'cart') continue
    namesLines = true
    selected = selected.filter(rule.selects(condition))
  }
  if (selected.length === 0) return { type: 'fail', reason: 'not_for_these_items' }
  return askOfCart({ conditions, selected, namesLines }, context, rules)
}

function askOfCart<Line extends PromotableLine>(
  judged: { conditions: readonly Typed[]; selected: readonly Line[]; namesLines: boolean },
  context: PromotionContext,
  rules: PromotionRules,
): ConditionsVerdict<Line> {
  const { conditions, selected, namesLines } = judged
  let isUncertain = false
  for (const condition of conditions) {
    const rule = rules.conditions.get(condition.type)
    if (rule?.scope !== 'cart') continue
    const answer = rule.check(condition, selected, context)
    if (answer.type === 'fails') return { type: 'fail', reason: answer.reason }
    if (answer.type === 'unknown') isUncertain = true
  }
  return { type: 'hold', selected, namesLines, isUncertain }
}
