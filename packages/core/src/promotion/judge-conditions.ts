import {
  type ConditionRefusal,
  type Missing,
  type PromotableLine,
  type PromotionContext,
  type PromotionRules,
  ruleOf,
  type Typed,
} from './promotion-rules.ts'

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
  | {
      type: 'fail'
      /** The first reason. */
      reason: ConditionRefusal
      /** What would help, if something would. */
      missing?: Missing
    }

/**
 * Judges all conditions of a promotion; each must hold. First the lines are selected, those that meet every condition
 * about lines; then the conditions about the cart are asked with them. `any` and `none` join conditions of both kinds; one
 * that holds a condition about lines selects lines. A condition without a rule fails: a promotion that is only half
 * understood gives nothing.
 *
 * @param lines the lines that can be sold, ordered by id.
 */
export function judgeConditions<Line extends PromotableLine>(
  conditions: readonly Typed[],
  lines: readonly Line[],
  context: PromotionContext,
  rules: PromotionRules,
): ConditionsVerdict<Line> {
  if (!conditions.every((condition) => isKnown(condition, rules))) return { type: 'fail', reason: 'not_valid' }
  const aboutLines = conditions.filter((condition) => isAboutLines(condition, rules))
  const aboutCart = conditions.filter((condition) => !aboutLines.includes(condition))
  const judge: Judge = { context, rules }
  let selected = lines
  let isUncertain = false
  for (const condition of [...aboutLines, ...aboutCart]) {
    const answer = judgeOne(condition, selected, judge)
    if (answer.reason !== null) return { type: 'fail', reason: answer.reason, ...missingOf(answer) }
    selected = answer.selected
    isUncertain ||= answer.isUncertain
  }
  if (selected.length === 0) return { type: 'fail', reason: 'not_for_these_items' }
  return { type: 'hold', selected, namesLines: aboutLines.length > 0, isUncertain }
}

interface Judge {
  readonly context: PromotionContext
  readonly rules: PromotionRules
}

/** What one condition makes of some lines. */
interface Judged<Line> {
  readonly selected: readonly Line[]
  readonly isUncertain: boolean
  /** Why it does not hold; null where it merely leaves no line. */
  readonly reason: ConditionRefusal | null
  /** Does neither it nor its opposite hold? */
  readonly isUndecided?: boolean
  readonly missing?: Missing | undefined
}

/** Those within `any` and `none`; null for a condition that joins nothing. */
export function joinedBy(condition: Typed): readonly Typed[] | null {
  const isJoin = condition.type === 'any' || condition.type === 'none'
  return isJoin && 'conditions' in condition ? (condition.conditions as readonly Typed[]) : null // AnyCondition, NoneCondition
}

/** Does a condition of this type stand anywhere in a promotion? */
export function mentions(conditions: readonly Typed[], type: string): boolean {
  return conditions.some((condition) => condition.type === type || mentions(joinedBy(condition) ?? [], type))
}

/** May everybody be told of a promotion with these conditions? */
export function arePublic(conditions: readonly Typed[], rules: PromotionRules): boolean {
  return conditions.every((condition) => {
    const joined = joinedBy(condition)
    return joined === null ? (rules.conditions.get(condition.type)?.isPublic ?? false) : arePublic(joined, rules)
  })
}

const missingOf = ({ missing }: { missing?: Missing | undefined }): { missing?: Missing } =>
  missing === undefined ? {} : { missing }

function isKnown(condition: Typed, rules: PromotionRules): boolean {
  return joinedBy(condition)?.every((inner) => isKnown(inner, rules)) ?? rules.conditions.has(condition.type)
}

function isAboutLines(condition: Typed, rules: PromotionRules): boolean {
  const joined = joinedBy(condition)
  if (joined !== null) return joined.some((inner) => isAboutLines(inner, rules))
  return ruleOf(rules.conditions, condition).scope === 'line'
}

function judgeOne<Line extends PromotableLine>(condition: Typed, lines: readonly Line[], judge: Judge): Judged<Line> {
  const joined = joinedBy(condition)
  if (joined !== null) return condition.type === 'any' ? anyOf(joined, lines, judge) : noneOf(joined, lines, judge)
  const rule = ruleOf(judge.rules.conditions, condition)
  if (rule.scope === 'line')
    return { selected: lines.filter(rule.selects(condition)), isUncertain: false, reason: null }
  if (lines.length === 0) return refused('not_for_these_items')
  const answer = rule.check(condition, lines, judge.context)
  if (answer.type === 'fails') return { ...refused(answer.reason), ...missingOf(answer) }
  if (answer.type === 'undecided') return { ...refused('not_for_you'), isUndecided: true }
  return { selected: lines, isUncertain: answer.type === 'unknown', reason: null }
}

/** Of several that may hold, a certain one that selects all makes the others not matter. */
function anyOf<Line extends PromotableLine>(
  conditions: readonly Typed[],
  lines: readonly Line[],
  judge: Judge,
): Judged<Line> {
  const answers = conditions.map((condition) => judgeOne(condition, lines, judge))
  const selected = lines.filter((line) => answers.some((answer) => answer.selected.includes(line)))
  const certain = answers.filter(({ isUncertain }) => !isUncertain)
  const isCertain = selected.every((line) => certain.some((answer) => answer.selected.includes(line)))
  const reason = selected.length === 0 ? (answers[0]?.reason ?? null) : null
  return { selected, isUncertain: !isCertain, reason }
}

function noneOf<Line extends PromotableLine>(
  conditions: readonly Typed[],
  lines: readonly Line[],
  judge: Judge,
): Judged<Line> {
  const answers = conditions.map((condition) => judgeOne(condition, lines, judge))
  if (answers.some(({ isUndecided }) => isUndecided)) return refused('not_for_you')
  const certain = answers.filter(({ isUncertain }) => !isUncertain)
  const selected = lines.filter((line) => !certain.some((answer) => answer.selected.includes(line)))
  const isUncertain = answers.some((answer) => answer.isUncertain)
  return { selected, isUncertain, reason: null }
}

function refused(reason: ConditionRefusal): { selected: []; isUncertain: false; reason: ConditionRefusal } {
  return { selected: [], isUncertain: false, reason }
}
