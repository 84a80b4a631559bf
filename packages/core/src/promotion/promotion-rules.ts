import type { RoundingMode } from '../money/index.ts'
import type { Instant } from '../time/index.ts'
import type { ShopperFacts } from './shopper-facts.ts'

/**
 * The kinds of conditions and benefits that an engine knows, by type. Made by {@link promotionRules}; passed to
 * `quote`, so that a host adds a kind by value.
 */
export interface PromotionRules {
  /** By `type`. */
  readonly conditions: ReadonlyMap<string, ConditionRule>
  /** By `type`. */
  readonly benefits: ReadonlyMap<string, BenefitRule>
}

/** What stands in a promotion: data with a `type` that names its rule. */
export interface Typed {
  /** Names the rule. */
  readonly type: string
}

/** How one kind of condition is decided: about lines one by one, or about the cart. */
export type ConditionRule<Condition extends Typed = Typed> = LineConditionRule<Condition> | CartConditionRule<Condition>

/** A condition that names lines. A line that meets all of a promotion's line conditions gets the benefit. */
export interface LineConditionRule<Condition extends Typed = Typed> {
  /** The `type` of the conditions that it decides. */
  readonly type: Condition['type']
  /** It is about lines. */
  readonly scope: 'line'
  /** May a shopper whose cart does not meet it be told of the promotion? @default false */
  readonly isPublic?: boolean | undefined
  /**
   * A test of one line. It is made once for a quote and then asked for each line, so what takes time (a set of ids)
   * is done before it is returned. Pure.
   */
  selects(condition: Condition): (line: PromotableLine) => boolean
  /**
   * The keys by which an index finds the promotion: every line that the condition selects has one of them among its
   * {@link lineIndexKeys}. A rule without it may select any line.
   */
  indexKeys?(condition: Condition): readonly string[]
}

/** A condition that asks something of the cart, the shopper or the moment. */
export interface CartConditionRule<Condition extends Typed = Typed> {
  /** The `type` of the conditions that it decides. */
  readonly type: Condition['type']
  /** It is about the cart. */
  readonly scope: 'cart'
  /** May a shopper whose cart does not meet it be told of the promotion? @default false */
  readonly isPublic?: boolean | undefined
  /**
   * Is it about the selected lines: their quantities, their amounts? A page that estimates a cart is given it as it is. Of
   * any other the server gives its answer alone, so that a list of customers stays where it is. @default false
   */
  readonly readsLines?: boolean | undefined
  /**
   * Does it hold? Pure, and the order of lines must not matter.
   *
   * @param selected the lines that the promotion's line conditions select, or all; at least one, ordered by id.
   */
  check(condition: Condition, selected: readonly PromotableLine[], context: PromotionContext): ConditionAnswer
  /**
   * The keys by which an index finds the promotion: every cart for which the condition does not fail has one of them
   * among its `shopperIndexKeys`. A rule without it may hold for any cart.
   */
  indexKeys?(condition: Condition): readonly string[]
}

/** How one kind of benefit is reckoned. */
export interface BenefitRule<Benefit extends Typed = Typed> {
  /** The `type` of the benefits that it reckons. */
  readonly type: Benefit['type']
  /**
   * What each line gets off, in minor units: one whole number of at least 0 for each of `lines`, at their places. What
   * exceeds a line's `left` is cut to it. Pure.
   *
   * @param lines the selected lines, at least one, ordered by id.
   */
  discounts(benefit: Benefit, lines: readonly DiscountableLine[], context: PromotionContext): readonly number[]
  /**
   * Lines that it takes something off, where those are not the selected ones: some of the selected, or lines of the cart
   * that the conditions do not see. @default the selected lines
   */
  takesFrom?(benefit: Benefit): BenefitLines
  /** Keys by which an index finds the promotion: a cart gets nothing without a line for one of them. @default none */
  indexKeys?(benefit: Benefit): readonly string[]
  /**
   * Where less was left before it, is as much or less left after it: of each line, or of all together? Absent or null: it
   * may be more. What is known lets the search for the best outcome skip what can't be better. In any case: where less is
   * left of the lines, it takes no more off in all.
   */
  keepsOrder?(benefit: Benefit, context: PromotionContext): 'lines' | 'total' | null
  /** What the cart would need for it to give something, asked where it gives nothing; null where nothing would help. */
  missing?(benefit: Benefit, lines: readonly DiscountableLine[], context: PromotionContext): Missing | null
  /** What it gives these lines, for the shopper, as the first words of a sentence: `20 % off`. */
  describe(benefit: Benefit, context: PromotionContext, lines: readonly DiscountableLine[]): string
}

/** Lines that a benefit takes something off. */
export interface BenefitLines {
  /** `selected`: of those that the conditions select. `others`: of the cart, and the conditions do not see them. */
  readonly of: 'selected' | 'others'
  /** Is it one of them? */
  selects(line: PromotableLine): boolean
}

/** What a cart lacks for a promotion to give something; one member. */
export interface Missing {
  /** So many units more. */
  readonly quantity?: number | undefined
  /** So much more at list prices, minor units in the site's price basis. */
  readonly amount?: number | undefined
  /** One of these variants. */
  readonly variants?: readonly string[] | undefined
  /** These products. */
  readonly products?: readonly string[] | undefined
}

/** What a condition sees of a line that can be sold. */
export interface PromotableLine {
  /** Cart line id. */
  readonly id: string
  /** Variant id. */
  readonly variantId: string
  /** Product id. */
  readonly productId: string
  /** Product type. */
  readonly productType: string
  /** Ids of the collections that hold the product. @default none */
  readonly collections?: readonly string[] | undefined
  /** How many. */
  readonly quantity: number
  /** List price of one unit, minor units. */
  readonly unitPrice: number
  /** unitPrice × quantity. */
  readonly base: number
}

/** What a benefit sees of a line. */
export interface DiscountableLine extends PromotableLine {
  /** `base` less what promotions before this one took off, 0 or more. */
  readonly left: number
}

/** For what a percent off is rounded once: each unit, each line, or all lines that it is taken off together. */
export type PercentRounding = 'unit' | 'line' | 'order'

/** What conditions and benefits see beside the lines. */
export interface PromotionContext {
  /** The clock. */
  readonly now: Instant
  /** ISO 4217 code of the cart. */
  readonly currency: string
  /** How many decimal digits the currency's minor unit has, 0 to 4. */
  readonly minorDigits: number
  /** Place of sale, ISO 3166-1 alpha-2. */
  readonly country: string
  /** Site id. */
  readonly site: string
  /** IANA zone of the site. */
  readonly timeZone: string
  /** The site's rounding. */
  readonly rounding: RoundingMode
  /** For what a percent is rounded once. @default 'line' */
  readonly percentRounding?: PercentRounding | undefined
  /** Who buys. */
  readonly shopper: ShopperFacts
}

/**
 * What a condition answers. `unknown`: a fact about the shopper is not known yet; the promotion applies, the quote is
 * provisional, and checkout decides. `undecided`: a fact could not be learnt and nothing later will tell; neither the
 * condition nor its opposite holds, so that nothing is given away for an answer that never came.
 */
export type ConditionAnswer =
  | { type: 'holds' }
  | { type: 'unknown' }
  | { type: 'undecided' }
  | { type: 'fails'; reason: ConditionRefusal; missing?: Missing | undefined }

/**
 * Why the conditions of a promotion do not hold. `not_for_you`: it is for others; `not_here`: another place or currency;
 * `not_now`: another time; `not_valid`: this engine has no rule for one of them.
 */
export type ConditionRefusal =
  | 'not_for_these_items'
  | 'below_minimum'
  | 'not_for_you'
  | 'not_here'
  | 'not_now'
  | 'not_valid'

/**
 * Joins rules to the table that `quote` takes.
 *
 * @throws RangeError when two rules have one type.
 * @example
 * promotionRules({ conditions: [...builtInConditions, weekday], benefits: builtInBenefits })
 */
export function promotionRules(rules: {
  /** Kinds of conditions. */
  readonly conditions: readonly ConditionRule[]
  /** Kinds of benefits. */
  readonly benefits: readonly BenefitRule[]
}): PromotionRules {
  return { conditions: byType(rules.conditions), benefits: byType(rules.benefits) }
}

function byType<Rule extends Typed>(rules: readonly Rule[]): ReadonlyMap<string, Rule> {
  const map = new Map(rules.map((rule) => [rule.type, rule]))
  if (map.size !== rules.length) throw new RangeError('A type has two rules.')
  return map
}

/**
 * The rule of a type, where there must be one.
 * @throws RangeError where there is none.
 */
export function ruleOf<Rule>(rules: ReadonlyMap<string, Rule>, { type }: Typed): Rule {
  const rule = rules.get(type)
  if (rule === undefined) throw new RangeError(`${type} has no rule.`)
  return rule
}
