import { isRefunded, type Order, type OrderLine, type Part, wentBack } from '../order/index.ts'
import type { RefundFactsAnswer } from '../ports/index.ts'
import type { PricingInputs } from '../pricing/index.ts'
import type { PromotionRules } from '../promotion/index.ts'
import type { Instant } from '../time/index.ts'
import { creditingOrders, isCredited } from './is-credited.ts'
import { type LineShares, type PartShare, sharesAsSold, type UnitPart } from './part-shares.ts'
import { type RefundRule, repricedAmount } from './reckon-refund.ts'
import { askRefundPolicy, type RefundPolicy, type RefundPolicyAnswer } from './refund-policy.ts'
import { countKept, type KeptCounts, type ReplayLine, replayOrder } from './replay-kept.ts'
import { type ShareAmounts, sumAmounts, takeAmounts } from './share-amounts.ts'

/** What refund options depend on besides the order. */
export interface RefundOptionsFacts {
  /** The clock. */
  now: Instant
  /** The site's time zone. */
  timeZone: string
  /** When a part may be refunded. */
  policy: RefundPolicy
  /** Only this line is answered; a refusal is still that of the order. @default all lines */
  lineId?: string | undefined
  /** The order's stored pricing inputs; null where they are lost: then nothing is said under `reprice`. */
  inputs: PricingInputs | null
  /** The host's kinds of promotions, if it has its own. @default the built-in kinds */
  rules?: PromotionRules | undefined
  /** What is left of lines that were refunded in part, by line id; a line that is missing is as sold. */
  shares?: ReadonlyMap<string, LineShares> | undefined
  /**
   * Other orders of the customer, and of those for whom its lines were bought, those too that wait for their money. What one of
   * them took off the price of an upgrade, or of a bundle that has the part, is not refunded to who bought it while that order of
   * its recipient stands.
   * @default none
   */
  others?: readonly Order[] | undefined
  /** What the platform said of a learner's part; null where it was not asked. */
  factsOf(line: OrderLine, part: UnitPart): RefundFactsAnswer | null
}

/** What one part of one unit would give back now, if it alone were refunded. */
export interface PartRefundOptions extends UnitPart {
  /** Under `share`: its share. */
  share: ShareAmounts
  /**
   * Under `reprice`; null while something else of the line is kept, where the line's rule is another, or the order can't be priced
   * again.
   */
  reprice: ShareAmounts | null
  /** Under `whole_only`; null while something else of the line is kept. */
  wholeOnly: ShareAmounts | null
  /** What the policy says. */
  policy: RefundPolicyAnswer
}

/** What a line would give back. */
export interface LineRefundOptions {
  /** Line id. */
  lineId: string
  /** The rule that counts for this line. */
  rule: RefundRule
  /** What is left of the money paid for it: what a refund of the whole line gives, under each rule. */
  whole: ShareAmounts
  /** Each unit and part that was not refunded. */
  parts: readonly PartRefundOptions[]
}

/** Why nothing of an order can be refunded now. */
export type RefundRefusal =
  /** It is not placed. */
  | 'not_placed'
  /** A dispute is open: the money may go back by another way. Reserved: nothing tells of disputes yet. */
  | 'disputed'
  /** It was sold for money of which less was captured than the shares that are left. */
  | 'not_captured'
  /** Some of its money went back, and the shares do not say for which part. */
  | 'partly_refunded'
  /** All of its money went back. */
  | 'refunded'

/** What an order would give back. All amounts in minor units of `currency`. */
export interface RefundOptions {
  /** ISO 4217 code. */
  currency: string
  /** Why nothing can be refunded now, or null. */
  refusal: RefundRefusal | null
  /** The most that can be refunded: captured less refunded, without what came above the order's total. */
  refundable: number
  /** In the order's order. */
  lines: readonly LineRefundOptions[]
}

/**
 * Says what each line, unit and part of an order would give back under each rule, and what the policy says of it. A
 * refund itself is reckoned by {@link reckonRefund}. Pure: what it needs to know stands in `facts`.
 *
 * @throws RangeError for pricing inputs that are not the order's.
 */
export function refundOptions(order: Order, facts: RefundOptionsFacts): RefundOptions {
  const asked = facts.lineId === undefined ? order.lines : order.lines.filter(({ id }) => id === facts.lineId)
  const replay = replayOf(order, asked, facts)
  const credits = creditsByOwner(facts)
  const lines = asked.map((line) => {
    const others = credits.get(ownerOf(order, line)) ?? []
    return lineOptions({ order, line, facts, others, replay: line.refundRule === 'reprice' ? replay : null })
  })
  const { captured, refunded } = order.money
  // What came above its total is not its own, and went back first.
  const refundable = Math.max(0, Math.min(captured - refunded, order.total - wentBack(order.money, order)))
  const left = order.lines.reduce((sum, line) => sum + leftOf(line, facts), 0)
  return { currency: order.currency, refusal: refusalOf(order, refundable, left), refundable, lines }
}

function refusalOf({ state, money, total }: Order, refundable: number, left: number): RefundRefusal | null {
  if (state !== 'placed' && state !== 'closed') return 'not_placed'
  if (money.disputed > 0) return 'disputed'
  if (left <= refundable) return null
  if (isRefunded(money)) return 'refunded'
  // Where all of it had come, something has gone back since.
  return money.captured < total ? 'not_captured' : 'partly_refunded'
}

/** What is left of the money that was paid for a line. */
function leftOf({ id, total }: OrderLine, { shares }: RefundOptionsFacts): number {
  return shares?.get(id)?.kept.reduce((sum, share) => sum + share.total, 0) ?? total
}

interface LineQuestion {
  readonly order: Order
  readonly line: OrderLine
  readonly facts: RefundOptionsFacts
  /** Orders of who has the line that credited something. */
  readonly others: ReturnType<typeof creditingOrders>
  /** Null where nothing is priced again. */
  readonly replay: ((line: OrderLine) => ReplayLine) | null
}

function lineOptions({ replay, ...question }: LineQuestion): LineRefundOptions {
  const { line, facts } = question
  const { kept } = facts.shares?.get(line.id) ?? sharesAsSold(line)
  const whole = sumAmounts(kept)
  const reprice = repricing(line, kept, replay?.(line) ?? null)
  const parts = new Map(line.parts.map((part) => [part.id, part]))
  return {
    lineId: line.id,
    rule: line.refundRule,
    whole,
    parts: kept.map((share) => ({
      unit: share.unit,
      part: share.part,
      share: amountsOf(share),
      reprice: reprice(share),
      wholeOnly: kept.length === 1 ? amountsOf(share) : null,
      policy: policyAnswer({ ...question, part: partNamed(parts, share.part), share }),
    })),
  }
}

function replayOf(
  order: Order,
  asked: readonly OrderLine[],
  { inputs, rules }: RefundOptionsFacts,
): LineQuestion['replay'] {
  const isPriced = asked.some(({ refundRule }) => refundRule === 'reprice')
  return inputs !== null && isPriced ? replayOrder(order, { inputs, rules }) : null
}

function creditsByOwner({ others = [] }: RefundOptionsFacts): ReadonlyMap<string, LineQuestion['others']> {
  const byOwner = Map.groupBy(others, ({ customerId }) => customerId)
  return new Map([...byOwner].map(([id, own]) => [id, creditingOrders(own)]))
}

/**
 * The counts without one part are known from the counts with it, so that a line of many units is not counted anew; and they are
 * the same for that part of each whole unit, and of each that has lost one.
 */
function repricing(
  line: OrderLine,
  kept: readonly PartShare[],
  replay: ReplayLine | null,
): (share: PartShare) => ShareAmounts | null {
  const counts = countKept(line, kept)
  const partsOfUnit = Map.groupBy(kept, ({ unit }) => unit)
  const left = kept.reduce((sum, { total }) => sum + total, 0)
  const [ofWhole, ofLoose] = [new Map<string, number>(), new Map<string, number>()]
  return (share) => {
    if (kept.length === 1) return amountsOf(share)
    if (replay === null) return null
    const isWhole = partsOfUnit.get(share.unit)?.length === line.parts.length
    const costs = isWhole ? ofWhole : ofLoose
    const without = isWhole ? breakUnit : dropLoose
    const cost = costs.get(share.part) ?? replay(without(line, counts, share.part)).total
    costs.set(share.part, cost)
    return takeAmounts(share, repricedAmount({ left, leaving: share.total, cost })).taken
  }
}

function breakUnit(line: OrderLine, { whole, loose }: KeptCounts, part: string): KeptCounts {
  const more = new Map(loose)
  for (const { id } of line.parts) if (id !== part) more.set(id, (more.get(id) ?? 0) + 1)
  return { whole: whole - 1, loose: more }
}

function dropLoose(_line: OrderLine, { whole, loose }: KeptCounts, part: string): KeptCounts {
  return { whole, loose: new Map([...loose, [part, (loose.get(part) ?? 0) - 1]]) }
}

interface PolicyQuestion extends Omit<LineQuestion, 'replay'> {
  readonly part: Part
  readonly share: PartShare
}

function policyAnswer({ order, line, part, share, facts, others }: PolicyQuestion): RefundPolicyAnswer {
  return askRefundPolicy(facts.policy, {
    now: facts.now,
    timeZone: facts.timeZone,
    placedAt: order.placedAt,
    consents: order.consents,
    part,
    isCredited: isCredited(
      order,
      { lineId: line.id, unit: share.unit, part: part.id, variantId: part.variantId },
      others,
    ),
    facts: facts.factsOf(line, { unit: share.unit, part: share.part }),
  })
}

/** Who has the line, and so may have upgraded from it: who bought as a guest and claimed the order is named in its lines. */
function ownerOf({ customerId }: Order, { recipient }: OrderLine): string {
  return recipient.type === 'buyer' ? customerId : recipient.customerId
}

function partNamed(parts: ReadonlyMap<string, Part>, id: string): Part {
  const part = parts.get(id)
  if (part === undefined) throw new RangeError(`The line has no part ${JSON.stringify(id)}.`)
  return part
}

function amountsOf({ net, tax, total, taxes }: ShareAmounts): ShareAmounts {
  return { net, tax, total, taxes }
}
