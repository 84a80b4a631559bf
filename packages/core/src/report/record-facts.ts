import type { Cart } from '../cart/index.ts'
import type { Grant } from '../entitlement/index.ts'
import type { JournalTransaction } from '../journal/index.ts'
import type { Order } from '../order/index.ts'
import type { PaymentEvent } from '../payment/index.ts'
import type { HoldRecord, JobRecord } from '../ports/index.ts'

/** A record that belongs to an order, and whether that order is on the site that the record names. */
export interface BelongingFacts {
  /** Its collection. */
  collection: string
  /** Its id. */
  id: string
  /** The order that it names. */
  orderId: string
  /** The site that it names. */
  site: string
  /** Is the order there? */
  hasOrder: boolean
}

/** A transaction of the journal. */
export interface TransactionFacts {
  /** The transaction. */
  transaction: JournalTransaction
}

/** A cart and the orders that it names, where they are there. */
export interface CartFacts {
  /** The cart. */
  cart: Cart
  /** The order that it became. */
  order: Order | null
  /** The pending order that checkout made of it. */
  pending: Order | null
}

/** Whom a cart names. */
export interface CartPeopleFacts {
  /** Cart id. */
  cartId: string
  /** Customer ids: its own and those of its lines. */
  people: readonly string[]
  /** Which of them are there. */
  known: ReadonlySet<string>
}

/** One hold and the order that it is of. */
export interface HoldFacts {
  /** The row. */
  hold: HoldRecord
  /** The order, on whichever site it is. */
  order: Order | null
  /** The grant of the right that took it, where it is a run's seat. */
  grant?: Grant | null | undefined
}

/** A counter beside its rows. */
export interface CounterFacts {
  /** Its name. */
  counter: string
  /** What it stands at. */
  used: number
  /** See `used`. */
  held: number
  /** Sum of its committed rows. */
  committedRows: number
  /** Sum of its open rows. */
  heldRows: number
  /** The limit as it is now, or null where none is known. */
  limit: number | null
}

/** A processor's event, and how often its id was met. */
export interface EventFacts {
  /** Id that it is stored under. */
  id: string
  /** The event. */
  event: PaymentEvent
  /** Is its account one of the operator's? */
  isOwnAccount: boolean
}

/** A job that was set aside. */
export interface ParkedJobFacts {
  /** The job. */
  job: JobRecord
}
