import { type IndexedLine, type IndexedShopper, isBroadKey, lineIndexKeys, shopperIndexKeys } from './index-keys.ts'
import { joinedBy } from './judge-conditions.ts'
import type { Promotion } from './promotion.ts'
import type { PromotionRules, Typed } from './promotion-rules.ts'

/** What an index needs of a promotion. */
type IndexedPromotion = Pick<Promotion, 'conditions'> & Partial<Pick<Promotion, 'benefit'>>

/** Finds the promotions that could touch a cart, without looking at the others. */
export interface PromotionIndex<Item> {
  /**
   * The promotions that could give this shopper something for these lines, each once, in the order in which they were
   * given. Time grows with the lines and with what is found, not with what is indexed.
   */
  touching(lines: readonly IndexedLine[], shopper: IndexedShopper): readonly Item[]
}

/**
 * Compiles promotions into an index by what their conditions name: quoting with what `touching` answers gives the same
 * lines as quoting with all. A promotion that names no lines and no shoppers, or names them by rules without keys, touches every cart.
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
    touching(lines, shopper) {
      const found = new Set(everywhere)
      const keys = new Set([...lines.flatMap(lineIndexKeys), ...shopperIndexKeys(shopper)])
      for (const key of keys) for (const place of byKey.get(key) ?? []) found.add(place)
      return [...found].sort((left, right) => left - right).flatMap((place) => promotions[place] ?? [])
    },
  }
}

/**
 * The keys under which an index keeps a promotion, or null where it may touch any cart. Of several
 * conditions one list suffices, for all must hold: one that names no broad set, then the shortest.
 */
export function promotionIndexKeys(
  { conditions, benefit }: IndexedPromotion,
  rules: PromotionRules,
): readonly string[] | null {
  const ofBenefit = benefit === undefined ? null : rules.benefits.get(benefit.type)?.indexKeys?.(benefit)
  const lists = [ofBenefit ?? null, ...conditions.map((condition) => conditionIndexKeys(condition, rules))]
  let best: readonly string[] | null = null
  for (const keys of lists) if (keys !== null && (best === null || isNarrower(keys, best))) best = keys
  return best === null ? null : [...new Set(best)]
}

function isNarrower(keys: readonly string[], than: readonly string[]): boolean {
  const [isMine, isTheirs] = [keys.some(isBroadKey), than.some(isBroadKey)]
  return isMine === isTheirs ? keys.length < than.length : isTheirs
}

/** Of `any`, the keys of all that it joins, if each has some; `none` selects what has no key in common. */
function conditionIndexKeys(condition: Typed, rules: PromotionRules): readonly string[] | null {
  const joined = joinedBy(condition)
  if (joined !== null) {
    const keys = condition.type === 'any' ? joined.map((inner) => conditionIndexKeys(inner, rules)) : [null]
    return keys.includes(null) ? null : keys.flatMap((own) => own ?? [])
  }
  const rule = rules.conditions.get(condition.type)
  return rule?.indexKeys?.(condition) ?? null
}

function placesOf(byKey: Map<string, number[]>, key: string): number[] {
  const known = byKey.get(key)
  if (known !== undefined) return known
  const places: number[] = []
  byKey.set(key, places)
  return places
}
