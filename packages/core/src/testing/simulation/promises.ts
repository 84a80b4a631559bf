import type { Money } from '../../money/index.ts'
import type { CustomerPrincipal } from '../../ports/index.ts'

/** What a buyer was promised: an answer that said so. What the shop says later must agree. */
export interface Promised {
  readonly buyer: string
  readonly principal: CustomerPrincipal
  readonly cartId: string
  readonly input: { cartId: string; expectedTotal: Money; paymentToken?: string; paymentAccount?: string }
  readonly key: string
  readonly orderId: string
}

/** What everybody was answered, for the checks at the end. */
export interface Promises {
  readonly orders: Promised[]
  /** Ids of orders that staff were told are ended. */
  readonly cancelled: Set<string>
  /** Ids of orders that staff were told are paid. */
  readonly paid: Set<string>
  /** Answers that no shop should give: an error that is none of the contract's. */
  readonly strange: string[]
}
