import { joinedBy } from './judge-conditions.ts'
import { type IndexedLine, lineIndexKeys } from './line-index-keys.ts'
import type { Promotion } from './promotion.ts'
import type { PromotionRules, Typed } from './promotion-rules.ts'

/** What an index needs of a promotion. */
type IndexedPromotion = Pick<Promotion, 'conditions'> & Partial<Pick<Promotion, 'benefit'>>

/** Finds the promotions that could touch a cart, without looking at the others. */
export interface PromotionIndex<Item> {
  /**
   * The promotions that could select one of the lines, each once, in the order in which they were given. Time grows
   * with the lines and with what is found, not with what is indexed.
   */
  touching(lines: readonly IndexedLine[]): readonly Item[]
}

/**
 * Compiles promotions into an index by what their conditions name: quoting with what `touching` answers gives the same
 * lines as quoting with all. A promotion that names no lines, or names them by a rule without keys, touches every cart.
 * Where the benefit names lines too, its keys count like those of a condition. Codes do not enter: who answers for a code that does not apply adds its promotion.
 */
export function indexPromotions<Item extends IndexedPromotion>(
  promotions: readonly Item[],
  rules: PromotionRules,
): PromotionIndex<Item> {
  const everywhere: number[] = []
  const byKey = new Map<string, number[]>()
  for (const [place, promotion] of promotions.entries()) {
    const keys = promotionIndexKeys(promotion, rules)
    if (keys === null) everywhere.push(place)
    else for (const key of keys) placesOf(byKey, key).push(place)
  }
  return {
    touching(lines) {
      const found = new Set(everywhere)
      const keys = new Set(lines.flatMap(lineIndexKeys))
      for (const key of keys) for (const place of byKey.get(key) ?? []) found.add(place)
      return [...found].sort((left, right) => left - right).flatMap((place) => promotions[place] ?? [])
    },
  }
}

/**
 * The keys under which an index keeps a promotion, or null where it may touch any cart. Where several conditions name
 * lines, the shortest list suffices, for a line must meet them all.
 */
export function promotionIndexKeys(
  { conditions, benefit }: IndexedPromotion,
  rules: PromotionRules,
): readonly string[] | null {
  let shortest: readonly string[] | null =
    benefit === undefined ? null : (rules.benefits.get(benefit.type)?.indexKeys?.(benefit) ?? null)
  for (const condition of conditions) {
    const keys = conditionIndexKeys(condition, rules)
    if (keys !== null && (shortest === null || keys.length < shortest.length)) shortest = keys
  }
  return shortest === null ? null : [...new Set(shortest)]
}

/** Of `any`, the keys of all that it joins, if each has some; `none` selects what has no key in common. */
function conditionIndexKeys(condition: Typed, rules: PromotionRules): readonly string[] | null {
  const joined = joinedBy(condition)
  if (joined !== null) {
    const keys = condition.type === 'any' ? joined.map((inner) => conditionIndexKeys(inner, rules)) : [null]
    return keys.includes(null) ? null : keys.flatMap((own) => own ?? [])
  }
  const rule = rules.conditions.get(condition.type)
  return rule?.scope === 'line' ? (rule.indexKeys?.(condition) ?? null) : null
}

function placesOf(byKey: Map<string, number[]>, key: string): number[] {
  const known = byKey.get(key)
  if (known !== undefined) return known
  const places: number[] = []
  byKey.set(key, places)
  return places
}
