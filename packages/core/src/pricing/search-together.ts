import type { PromotionContext } from '../promotion/index.ts'
import type { Contender } from './contender.ts'
import { isBetter } from './is-better.ts'
import { type Outcome, putBack, startAgain, type Taken, takeOff } from './try-together.ts'
import type { SoldLine } from './working-line.ts'

/** So many benefits are reckoned at most for each set of promotions that touch each other. All sets of nine take 511. */
const MAXIMUM_RECKONINGS = 512

/** What a search works on. */
export interface Search {
  /** The lines that can be sold. */
  readonly sold: readonly SoldLine[]
  /** What promotions see. */
  readonly context: PromotionContext
  /** May one be left out that no group shuts out? */
  readonly mayLeaveOut: boolean
}

/**
 * Of combinable promotions, those that take most off together, at most one of a group.
 *
 * They fall into sets that share no line and no group, so that each set is searched by itself: in the order of
 * application each is taken or left out, and a branch ends where all that follow, each taken alone, could not make up for
 * what is missing. A promotion is left out only where that may pay: because another of its group is taken, or because
 * one that comes after it might take more in all without it ({@link BenefitRule.keepsOrder}). The search is exact for sets of up
 * to nine; in larger ones it ends after 512 reckonings with the best that it has seen.
 *
 * @param inOrder in the order of application; the answer too.
 */
export function searchTogether<One extends Contender>(inOrder: readonly One[], search: Search): readonly One[] {
  if (choices(inOrder, search).every((isOpen) => !isOpen)) return inOrder
  const chosen = new Set<One>()
  for (const set of overlapping(inOrder)) for (const one of bestOf(set, search)) chosen.add(one)
  return inOrder.filter((one) => chosen.has(one))
}

/** Which of them may have to be left out. */
function choices(inOrder: readonly Contender[], { context, mayLeaveOut }: Search): readonly boolean[] {
  const isContested = contestedGroups(inOrder)
  const open: boolean[] = []
  // Would whatever comes after give no less in all where less is left? The last need only keep the order of sums.
  let isSafe = true
  for (const one of [...inOrder].reverse()) {
    open.push(isContested(one) || (mayLeaveOut && !isSafe))
    const keeps = orderKept(one, context)
    isSafe &&= open.length === 1 ? keeps !== null : keeps === 'lines'
  }
  return open.reverse()
}

function contestedGroups(promotions: readonly Contender[]): (one: Contender) => boolean {
  const members = new Map<string, number>()
  for (const { promotion } of promotions) {
    if (promotion.group) members.set(promotion.group, (members.get(promotion.group) ?? 0) + 1)
  }
  return ({ promotion }) => (promotion.group ? (members.get(promotion.group) ?? 0) > 1 : false)
}

/** A limit of money spreads what it cuts; a budget that gives nothing where it is short may give more for a lower price. */
function orderKept({ promotion, rule, money }: Contender, context: PromotionContext): 'lines' | 'total' | null {
  const own = rule.keepsOrder?.(promotion.benefit, context) ?? null
  if (money === null || own === null) return own
  return money.left !== null && money.whenShort === 'nothing' ? null : 'total'
}

/** Sets that share no line and no group, each in the order given. */
function overlapping<One extends Contender>(promotions: readonly One[]): readonly (readonly One[])[] {
  const roots = promotions.map((_, place) => place)
  const rootOf = (place: number): number => {
    const root = roots[place] ?? place
    return root === place ? place : rootOf(root)
  }
  const firstWith = new Map<string, number>()
  for (const [place, { lines, promotion }] of promotions.entries()) {
    const keys = lines.map(({ id }) => `line:${id}`)
    if (promotion.group) keys.push(`group:${promotion.group}`)
    for (const key of keys) {
      const other = firstWith.get(key)
      if (other === undefined) firstWith.set(key, place)
      else roots[rootOf(place)] = rootOf(other)
    }
  }
  const sets = new Map<number, One[]>()
  for (const [place, one] of promotions.entries()) {
    const set = sets.get(rootOf(place))
    if (set === undefined) sets.set(rootOf(place), [one])
    else set.push(one)
  }
  return [...sets.values()]
}

/** What could still be gained from each place on, each promotion alone and of each group the best. */
function reachOf(inOrder: readonly Contender[], most: readonly number[]): readonly number[] {
  const reach: number[] = []
  const ofGroup = new Map<string, number>()
  let sum = 0
  for (let place = inOrder.length - 1; place >= 0; place -= 1) {
    const group = inOrder[place]?.promotion.group ?? null
    const own = most[place] ?? 0
    if (group === null) sum += own
    else {
      const before = ofGroup.get(group) ?? 0
      sum += Math.max(0, own - before)
      ofGroup.set(group, Math.max(own, before))
    }
    reach.push(sum)
  }
  return reach.reverse()
}

/** The most that a promotion takes off, alone. A budget that gives nothing where it is short may have enough beside others. */
function mostOf(one: Contender, { sold, context }: Search): number {
  startAgain(sold)
  const { money } = one
  const isAllOrNothing = money !== null && money.whenShort === 'nothing'
  return takeOff(isAllOrNothing ? { ...one, money: { ...money, left: null } } : one, context)?.sum ?? 0
}

function bestOf<One extends Contender>(set: readonly One[], search: Search): readonly One[] {
  const isOpen = choices(set, search)
  if (!isOpen.includes(true)) return set
  const most = set.map((one) => mostOf(one, search))
  const reach = reachOf(set, most)
  const taken: Taken<One>[] = []
  const groups = new Set<string>()
  let best: Outcome<One> | null = null
  let reckonings = 0
  startAgain(search.sold)
  const visit = (place: number, discount: number): void => {
    if (best !== null && (reckonings >= MAXIMUM_RECKONINGS || discount + (reach[place] ?? 0) < best.discount)) return
    const one = set[place]
    if (one === undefined) {
      const outcome = { taken: [...taken], discount }
      if (best === null || isBetter(outcome, best)) best = outcome
      return
    }
    if (!take(one, place, discount) || isOpen[place]) visit(place + 1, discount)
  }
  /** Goes on with it, and answers whether it took something. */
  const take = (one: One, place: number, discount: number): boolean => {
    const group = one.promotion.group ?? null
    if (most[place] === 0 || (group !== null && groups.has(group))) return false
    reckonings += 1
    const own = takeOff(one, search.context)
    if (own === null) return false
    taken.push(own)
    if (group !== null) groups.add(group)
    visit(place + 1, discount + own.sum)
    if (group !== null) groups.delete(group)
    taken.pop()
    putBack(own)
    return true
  }
  visit(0, 0)
  return set.filter((one) => best?.taken.some(({ by }) => by === one))
}
