import { ownValue } from '../json/index.ts'
import type { DiscountVerifier, FulfilmentProvider, Logger, Runtime, Storage, TaxCalculator } from '../ports/index.ts'
import type { PriceBooks } from '../pricing/index.ts'
import type { PromotionRules } from '../promotion/index.ts'
import type { KeyedQueue } from '../storage/index.ts'
import type { TaxRule } from '../tax/index.ts'
import type { CodesAhead } from './codes-ahead.ts'
import type { Guard } from './guard.ts'

/** What the use cases of carts need. */
export interface CartPorts {
  /** Where carts are kept. */
  storage: Storage
  /** Time and chance. */
  runtime: Runtime
  /** What prices are made of. */
  books: PriceBooks
  /** The kinds of conditions and benefits that quotes know. */
  rules: PromotionRules
  /** Say under which tax category something is sold, in this order. @default the variant's own */
  taxRules?: readonly TaxRule[] | undefined
  /** Reckons taxes instead of the tables. @default the tables */
  taxCalculator?: TaxCalculator | undefined
  /** Read the tokens by which the host promises discounts, asked in this order. @default none: no token is valid */
  discountVerifiers?: readonly DiscountVerifier[] | undefined
  /** Use cases of one cart in this process run one after the other. */
  queue: KeyedQueue
  /** What the process remembers of codes, so that they are applied faster. */
  codesAhead: CodesAhead
  /** Checks that may refuse a change. */
  guards: readonly Guard[]
  /** Providers by name. */
  fulfilment: { readonly [name: string]: FulfilmentProvider }
  /** For what an operator should know. */
  logger: Logger
}

/** Does this provider deliver to a learner's account only? One that is not configured waits like one that does. */
export function needsLearner(ports: Pick<CartPorts, 'fulfilment'>, provider: string): boolean {
  const kind = ownValue(ports.fulfilment, provider)?.kind
  return kind === undefined || kind === 'learning'
}
