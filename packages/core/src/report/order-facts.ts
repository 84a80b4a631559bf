import type { Cart } from '../cart/index.ts'
import type { Entitlement, Grant } from '../entitlement/index.ts'
import type { JournalTransaction } from '../journal/index.ts'
import type { DomainEvent, Order, OrderState } from '../order/index.ts'
import type { Payment, PaymentAccount } from '../payment/index.ts'
import type { HoldRecord } from '../ports/index.ts'
import type { PricingInputs } from '../pricing/index.ts'
import type { PromotionRules } from '../promotion/index.ts'
import type { Site } from '../site/index.ts'
import type { QueueName } from '../storage/index.ts'
import type { Instant } from '../time/index.ts'

/** Which jobs there are, parked ones among them. */
export interface KnownJobs {
  /** Is there a job of this queue and key? */
  has(queue: QueueName, key: string): boolean
}

/** An order with all that belongs to it, as the checks of orders see it. */
export interface OrderFacts {
  /** The order. */
  order: Order
  /** The order's site. */
  site: Site
  /** Its cart, if it is there. */
  cart: Cart | null
  /** All orders of its cart, this one among them. */
  ordersOfCart: readonly { id: string; state: OrderState }[]
  /** The pricing inputs that it names, if they are there. */
  inputs: PricingInputs | null
  /** The kinds of promotions by which it was priced. @default Bursar's own */
  rules?: PromotionRules | undefined
  /** Every attempt to pay it. */
  payments: readonly Payment[]
  /** What it credited of the money of other orders that are there: minor units of each part, over 0. */
  credited: readonly { order: Order; amounts: readonly number[] }[]
  /** The operator's payment accounts, by id. */
  accounts: ReadonlyMap<string, PaymentAccount>
  /** Ids of the operator's sellers. */
  sellers: ReadonlySet<string>
  /** Its rights. */
  entitlements: readonly Entitlement[]
  /** Their deliveries. */
  grants: readonly Grant[]
  /** Variants of which a right waits for a run to be chosen, and that have no list of runs any more. */
  runless: ReadonlySet<string>
  /** Which of the customers that it and its rights name are there. */
  customers: ReadonlySet<string>
  /** Whose data of them were erased. */
  erased: ReadonlySet<string>
  /** Its stream in the journal, by place. */
  journal: readonly JournalTransaction[]
  /** Its stream of events, by place. */
  events: readonly DomainEvent[]
  /** The rows of its holds that are there. */
  holds: readonly HoldRecord[]
  /** Jobs of the operator. */
  jobs: KnownJobs
  /** The clock. */
  now: Instant
}
