import type { Guard } from '../cart/index.ts'
import type { ProductType } from '../catalog/index.ts'
import type { Secrets } from '../payment/index.ts'
import type {
  Authenticator,
  DiscountVerifier,
  Failpoint,
  FulfilmentProvider,
  Logger,
  PaymentProcessor,
  Runtime,
  Storage,
  TaxCalculator,
} from '../ports/index.ts'
import type { BenefitKind, ConditionKind, HostData } from '../promotion/index.ts'
import type { TaxRule } from '../tax/index.ts'

/** Kinds of promotions that a host adds, each by value; the `type` of its data holds a colon. */
export interface PromotionOptions {
  /** Kinds of conditions. @default none */
  conditions?: readonly ConditionKind<Pick<HostData, 'type'>>[] | undefined
  /** Kinds of benefits. @default none */
  benefits?: readonly BenefitKind<Pick<HostData, 'type'>>[] | undefined
}

/** What `createCommerce` is made of. */
export interface CommerceOptions {
  /** Where everything is kept. */
  storage: Storage
  /** Payment processors by the names that payment accounts use. @default none */
  payments?: { readonly [name: string]: PaymentProcessor } | undefined
  /** Fulfilment providers by the names that variants use. @default none */
  fulfilment?: { readonly [name: string]: FulfilmentProvider } | undefined
  /** Who makes a request, asked in this order after API keys. @default none */
  authenticators?: readonly Authenticator[] | undefined
  /**
   * Resolves a reference of a payment account's `secretRefs`; an empty answer is refused. Where one process serves several
   * operators it answers each with their own secrets only: whoever makes accounts names what they like. @default refuses all
   */
  secrets?: Secrets | undefined
  /** Product types besides `course`, `program`, `book` and `service`; one of the same name replaces it. @default none */
  productTypes?: readonly ProductType[] | undefined
  /** Kinds of conditions and benefits besides Bursar's own. @default none */
  promotions?: PromotionOptions | undefined
  /** Say under which tax category something is sold; the first that says something counts. @default the variant's own */
  taxRules?: readonly TaxRule[] | undefined
  /**
   * Reckons the taxes of carts and orders, such as a service; prices on pages are by the tables all the same.
   * @default the tables
   */
  taxCalculator?: TaxCalculator | undefined
  /** Read the tokens by which the host's server promises discounts, asked in this order. @default none: no token is valid */
  discountVerifiers?: readonly DiscountVerifier[] | undefined
  /** Checks before a change that may refuse it with a reason. @default none */
  guards?: readonly Guard[] | undefined
  /**
   * Days after its last command, 1 to 36,500, after which a cart is deleted that is in no order and no checkout. Null keeps
   * carts for ever. @default 180
   */
  cartsKeptDays?: number | null | undefined
  /** Time and chance. @default the system's */
  runtime?: Runtime | undefined
  /** @default writes nothing */
  logger?: Logger | undefined
  /** For tests that end the process at a step. @default does nothing */
  failpoint?: Failpoint | undefined
}
