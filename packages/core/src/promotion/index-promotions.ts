import { sortFew } from '../ids/index.ts'
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
  const everywhere: Placed<Item>[] = []
  const byKey = new Map<string, Placed<Item>[]>()
  for (const [place, promotion] of promotions.entries()) {
    const placed = { place, promotion }
    const keys = promotionIndexKeys(promotion, rules)
    if (keys === null) everywhere.push(placed)
    else for (const key of keys) listOf(byKey, key).push(placed)
  }
  return {
    touching(lines, shopper) {
      const found = new Set(everywhere)
      const keys = new Set([...lines.flatMap(lineIndexKeys), ...shopperIndexKeys(shopper)])
      for (const key of keys) for (const placed of byKey.get(key) ?? []) found.add(placed)
      return sortFew([...found], (left, right) => left.place - right.place).map(({ promotion }) => promotion)
    },
  }
}

/** A promotion with its place among those given. */
interface Placed<Item> {
  readonly place: number
  readonly promotion: Item
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
  if (joined === null) return rules.conditions.get(condition.type)?.indexKeys?.(condition) ?? null
  if (condition.type === 'none') return null
  const lists = joined.map((inner) => conditionIndexKeys(inner, rules))
  const known = lists.filter((keys) => keys !== null)
  return known.length === lists.length ? known.flat() : null
}

function listOf<Value>(byKey: Map<string, Value[]>, key: string): Value[] {
  const known = byKey.get(key)
  if (known !== undefined) return known
  const list: Value[] = []
  byKey.set(key, list)
  return list
}
