import {
  joinedBy,
  type PromotableLine,
  type PromotionContext,
  type PromotionRules,
  type Typed,
} from '../promotion/index.ts'

/** What became of a promotion's conditions once all that the server knows was put into them. */
export interface FrozenConditions {
  /**
   * Those that still look at the cart: lines by variant, quantities, amounts. They name nobody and no secret. In the order
   * in which they are asked: first those about lines.
   */
  readonly conditions: readonly Typed[]
  /** Did one name lines? */
  readonly namesLines: boolean
  /** Did one rest on something that is not known of the shopper? */
  readonly isUncertain: boolean
}

/** What conditions are frozen with. */
export interface Freezer {
  /** The lines that can be sold, ordered by id. */
  readonly lines: readonly PromotableLine[]
  /** The facts. */
  readonly context: PromotionContext
  /** The kinds of conditions. */
  readonly rules: PromotionRules
}

/**
 * Answers whatever in the conditions is about the shopper, the place or the moment, and says lines by their variants. What
 * is left selects the same lines of this cart, and of one with other quantities or fewer lines, and says nothing of
 * customers, groups, domains, dates, or products that are not in the cart.
 *
 * @returns null where they can't hold for this shopper now.
 */
export function freezeConditions(conditions: readonly Typed[], freezer: Freezer): FrozenConditions | null {
  const aboutLines = conditions.filter((condition) => isAboutLines(condition, freezer.rules))
  const aboutCart = conditions.filter((condition) => !aboutLines.includes(condition))
  const kept: Typed[] = []
  let isUncertain = false
  for (const condition of [...aboutLines, ...aboutCart]) {
    const answer = freeze(condition, freezer)
    if (answer.type === 'never') return null
    if (answer.type === 'keeps') kept.push(answer.condition)
    isUncertain ||= answer.isUncertain
  }
  return { conditions: kept, namesLines: aboutLines.length > 0, isUncertain }
}

type Frozen =
  | { type: 'never'; isUndecided: boolean; isUncertain: false }
  | { type: 'always'; isUncertain: boolean }
  | { type: 'keeps'; condition: Typed; isUncertain: boolean }

const NEVER: Frozen = { type: 'never', isUndecided: false, isUncertain: false }

function freeze(condition: Typed, freezer: Freezer): Frozen {
  const joined = joinedBy(condition)
  if (joined !== null) return condition.type === 'any' ? freezeAny(joined, freezer) : freezeNone(joined, freezer)
  const rule = freezer.rules.conditions.get(condition.type)
  if (rule === undefined) return NEVER
  if (rule.scope === 'line') {
    const variants = [...new Set(freezer.lines.filter(rule.selects(condition)).map(({ variantId }) => variantId))]
    return variants.length === 0 ? NEVER : keeps({ type: 'variants', variants })
  }
  if (rule.readsLines === true) return keeps(condition)
  const answer = rule.check(condition, freezer.lines, freezer.context)
  switch (answer.type) {
    case 'holds':
      return { type: 'always', isUncertain: false }
    case 'unknown':
      return { type: 'always', isUncertain: true }
    case 'undecided':
      return { type: 'never', isUndecided: true, isUncertain: false }
    case 'fails':
      return NEVER
  }
}

/** One that holds whatever the lines are makes the others not matter. */
function freezeAny(joined: readonly Typed[], freezer: Freezer): Frozen {
  const answers = joined.map((inner) => freeze(inner, freezer))
  const always = answers.filter((answer) => answer.type === 'always')
  if (always.length > 0) return { type: 'always', isUncertain: always.every((answer) => answer.isUncertain) }
  const kept = answers.flatMap((answer) => (answer.type === 'keeps' ? [answer.condition] : []))
  return kept.length === 0
    ? NEVER
    : { ...keeps({ type: 'any', conditions: kept }), isUncertain: isAnyUncertain(answers) }
}

function freezeNone(joined: readonly Typed[], freezer: Freezer): Frozen {
  const answers = joined.map((inner) => freeze(inner, freezer))
  if (answers.some((answer) => answer.type === 'never' && answer.isUndecided)) return NEVER
  if (answers.some((answer) => answer.type === 'always' && !answer.isUncertain)) return NEVER
  const isUncertain = isAnyUncertain(answers)
  const kept = answers.flatMap((answer) => (answer.type === 'keeps' ? [answer.condition] : []))
  return kept.length === 0
    ? { type: 'always', isUncertain }
    : { ...keeps({ type: 'none', conditions: kept }), isUncertain }
}

const isAnyUncertain = (answers: readonly Frozen[]): boolean => answers.some(({ isUncertain }) => isUncertain)

function keeps<Condition extends Typed>(condition: Condition): Extract<Frozen, { type: 'keeps' }> {
  return { type: 'keeps', condition, isUncertain: false }
}

function isAboutLines(condition: Typed, rules: PromotionRules): boolean {
  const joined = joinedBy(condition)
  if (joined !== null) return joined.some((inner) => isAboutLines(inner, rules))
  return rules.conditions.get(condition.type)?.scope === 'line'
}
