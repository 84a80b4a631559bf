import type { BenefitRule } from '../promotion/index.ts'
import type { MoneyLimit } from './limit-money.ts'
import type { PricedCode, PricedPromotion } from './pricing-inputs.ts'
import type { SoldLine } from './working-line.ts'

/** A promotion that may be applied to a cart, as far as it competes with others; in a server and in a page. */
export interface Contender {
  /** The promotion. */
  readonly promotion: Pick<PricedPromotion, 'id' | 'name' | 'benefit' | 'stacking' | 'group' | 'priority'>
  /** The code that opened it; null for one that needs none. */
  readonly code: Pick<PricedCode, 'id' | 'code'> | null
  /** Reckons its benefit. */
  readonly rule: BenefitRule
  /** The lines that it takes something off, at least one, ordered by id. */
  readonly lines: readonly SoldLine[]
  /** How much it may give to this order; null where it has no limit of money. */
  readonly money: MoneyLimit | null
  /** One whose conditions or benefit name lines is a line promotion. */
  readonly step: 'line_promotion' | 'cart_promotion'
  /** Does it rest on something that is not known of the shopper? */
  readonly isUncertain: boolean
}
