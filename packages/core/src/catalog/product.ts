import type { Json, JsonObject } from '../json/index.ts'
import type { Money } from '../money/index.ts'
import type { Instant } from '../time/index.ts'
import type { ProductFields } from './product-fields.ts'
import type { Run } from './run.ts'

/** Where a record stands: archived ones stay for the orders that name them and are no longer sold. */
export type RecordStatus = 'active' | 'archived'

/** What can be sold. Belongs to the operator; never assume that it is a course. */
export interface Product extends ProductFields {
  /** `prd_…` */
  id: string
  /** Name of its product type: `course`, `program`, `book`, `service`, or the host's own. */
  type: string
  /** The operator's own id for it, unique; imports are idempotent by it. */
  externalId: string | null
  /** Variant ids, in the order shown. */
  variants: readonly string[]
  /** Where it stands. */
  status: RecordStatus
  /** When it was made. */
  createdAt: Instant
}

/** One part of a bundle. */
export interface BundlePart {
  /** Name of the part within its bundle, stable. */
  id: string
  /** The variant that the part is. */
  variantId: string
}

/** Parts of a bundle of which the buyer chooses some. */
export interface BundleGroup {
  /** Name of the group within its bundle, stable. */
  id: string
  /** How many the buyer chooses, 1 to the number of parts. */
  choose: number
  /** What there is to choose from; ids are unique within the bundle. */
  parts: readonly BundlePart[]
}

/** How one unit of a bundle is priced. */
export type BundlePricing =
  /** Its own list price, split over the parts in proportion to their list prices. */
  | { type: 'own_price' }
  /** The parts' list prices, less so many percent; a decimal string, over 0 to 100. */
  | { type: 'sum_less_percent'; percent: string }
  /** The parts' list prices, less an amount, one entry per currency; never below 0. */
  | { type: 'sum_less_amount'; amounts: readonly Money[] }

/**
 * What happens with parts that the buyer owns already. `sell_all`: they are sold once more. `leave_out`: they are not
 * sold, and the price is that of the parts left, by the same rule; an own price in proportion. `credit_paid`: they are
 * not sold, and what was paid for them is taken off the price of the whole bundle, to 0 at the lowest.
 */
export type OwnedPartsRule = 'sell_all' | 'leave_out' | 'credit_paid'

/** How a bundle is priced and what it is made of. */
export interface Bundle {
  /** Parts that are always in it; there may be none where there are groups. */
  parts: readonly BundlePart[]
  /** Parts to choose from. @default none */
  groups?: readonly BundleGroup[] | undefined
  /** How it is priced. */
  pricing: BundlePricing
  /** What happens with parts that the buyer owns already. */
  ownedParts: OwnedPartsRule
}

/** What a variant costs somebody who owns a lesser one of the same product. */
export interface Upgrade {
  /** Names of the variants of the same product that it upgrades, 1 to 50. */
  from: readonly string[]
  /**
   * What is taken off its price: the money that was paid for the variant owned, that variant's list price then, or its
   * list price now. Never below 0; of several owned the greatest counts.
   */
  credit: 'money_paid' | 'list_price_then' | 'list_price_now'
}

/** What a buyer should own before. */
export interface Prerequisite {
  /** Variant ids of which one is enough, 1 to 50. */
  variants: readonly string[]
  /** `hint`: the quote says so. `refuse`: it is not sold to somebody who has none of them. */
  policy: 'hint' | 'refuse'
}

/** How a variant is delivered: the provider's name as the host configured it, and a target in the provider's own shape. */
export interface FulfilmentTarget {
  /** Provider's name. */
  provider: string
  /** What to deliver. */
  target: Json
}

/** What is put in a cart. Course modes (audit, verified, credit) are variants. */
export interface Variant {
  /** `var_…` */
  id: string
  /** Product id. */
  productId: string
  /** The operator's own id for it, unique; imports are idempotent by it. */
  externalId: string | null
  /** What distinguishes it from its siblings: `verified`, `hardcover`, … Unique within the product. */
  name: string
  /** Title of the variant, or empty if the name suffices. */
  title: string
  /** Values of the type's variant attributes. */
  attributes: JsonObject
  /** Until when it is sold: a mode's upgrade deadline. Exclusive; null means no end. */
  saleEndsAt: Instant | null
  /** From when it is sold, or null. */
  saleStartsAt: Instant | null
  /** When the service that it sells begins and ends; an order line freezes both. */
  serviceStart: Instant | null
  /** See `serviceStart`. */
  serviceEnd: Instant | null
  /**
   * How long the right lasts once it begins, in days, or null for no end. It begins when nothing is waited for any more (the
   * payment, a claim, the choice of a run), and not before `serviceStart`.
   */
  validityDays: number | null
  /** How many can be sold in all, what was sold while there was none included, or null. Enforced by a counter. */
  capacity: number | null
  /** How many one cart line may hold, 1 to 1,000. A course for oneself is 1. */
  maximumQuantity: number
  /** Category that tax tables know. */
  taxCategory: string
  /** How it is delivered; null where nothing is (a bundle's parts have their own). */
  fulfilment: FulfilmentTarget | null
  /** Parts, if it is a bundle. */
  bundle: Bundle | null
  /**
   * Can a person buy it again who has it? A new variant has the product type's rule; absent, as variants of before have
   * it: yes. Counted for one unit that somebody buys for themselves, alone or as a bundle's part.
   */
  repeatable?: boolean | undefined
  /** What it upgrades, or null. @default null */
  upgrade?: Upgrade | null | undefined
  /** What a buyer should own before, or null. @default null */
  prerequisite?: Prerequisite | null | undefined
  /**
   * Runs of which a recipient chooses one after the purchase: then that run's `target` is delivered, by the provider of
   * `fulfilment`. With an empty list the right waits until there is a run. @default null: there is none to choose
   */
  runs?: readonly Run[] | null | undefined
  /** How a refund of some of it is reckoned; an order line freezes it. @default share */
  refundRule?: 'share' | 'reprice' | 'whole_only' | undefined
  /** Where it stands. */
  status: RecordStatus
}
