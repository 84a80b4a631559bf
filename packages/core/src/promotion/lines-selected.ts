import { joinedBy } from './judge-conditions.ts'
import {
  type PromotableLine,
  type PromotionContext,
  type PromotionRules,
  ruleOf,
  type Typed,
} from './promotion-rules.ts'

/**
 * The lines that conditions select which a server has put all its facts into: what is left of them holds or does not, and
 * no reason is asked for. For those it is what `judgeConditions` selects, where they are given in its order; empty where
 * they do not hold.
 *
 * @throws RangeError for a condition without a rule.
 */
export function linesSelected<Line extends PromotableLine>(
  conditions: readonly Typed[],
  lines: readonly Line[],
  context: PromotionContext,
  rules: PromotionRules,
): readonly Line[] {
  return conditions.reduce((left, condition) => select(condition, left, context, rules), lines)
}

function select<Line extends PromotableLine>(
  condition: Typed,
  lines: readonly Line[],
  context: PromotionContext,
  rules: PromotionRules,
): readonly Line[] {
  const joined = joinedBy(condition)
  if (joined !== null) {
    const named = new Set(joined.flatMap((inner) => select(inner, lines, context, rules)))
    return lines.filter((line) => named.has(line) === (condition.type === 'any'))
  }
  const rule = ruleOf(rules.conditions, condition)
  if (rule.scope === 'line') return lines.filter(rule.selects(condition))
  return lines.length > 0 && rule.check(condition, lines, context).type === 'holds' ? lines : []
}
