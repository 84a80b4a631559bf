import type { Money } from '../money/index.ts'
import type { Instant } from '../time/index.ts'

/** What must hold for a promotion to apply. Kinds are values, each in a file of `conditions/`. */
export type PromotionCondition =
  | { type: 'products'; products: readonly string[] }
  | { type: 'variants'; variants: readonly string[] }
  | { type: 'product_types'; productTypes: readonly string[] }
  | { type: 'minimum_subtotal'; amounts: readonly Money[] }

/** What a promotion gives. Kinds are values, each in a file of `benefits/`. */
export type PromotionBenefit =
  /** Percent off the lines that the conditions select; a decimal string, over 0 to 100. */
  | { type: 'percent'; percent: string }
  /** An amount off in all, over the lines that the conditions select; one entry per currency. */
  | { type: 'fixed'; amounts: readonly Money[] }

/** Conditions, one benefit, limits and stacking. Belongs to the operator. */
export interface Promotion {
  /** `pro_…` */
  id: string
  /** Name that shoppers see beside the discount. */
  name: string
  /** Sites where it runs; null means all of the operator's. */
  sites: readonly string[] | null
  /** From when, or null. */
  from: Instant | null
  /** Until when (exclusive), or null. */
  until: Instant | null
  /** Only with a code, or for everybody? */
  requiresCode: boolean
  /** All must hold; those that name lines also select the lines that get the benefit. */
  conditions: readonly PromotionCondition[]
  /** What it gives. */
  benefit: PromotionBenefit
  /** Uses in all and per customer; null means no limit. Enforced by holds. */
  limits: { uses: number | null; usesPerCustomer: number | null }
  /** `combinable` with others of its kind, or `exclusive`: alone or not at all. */
  stacking: 'combinable' | 'exclusive'
  /** Order of application, the larger first; ties by the smaller id. 0 to 1,000. */
  priority: number
  /** Where it stands. */
  status: 'active' | 'archived'
}

/** What a shopper types to get a promotion. Unique per site. */
export interface Code {
  /** `cod_…`: what carts and addresses name; the code itself is a secret. */
  id: string
  /** As typed, normalised by {@link normaliseCode}. */
  code: string
  /** The one site where it is valid, or `*` for all sites of the operator. */
  site: string
  /** Promotion id. */
  promotionId: string
  /** How often it can be used in all, or null. */
  uses: number | null
  /** From when, or null. */
  from: Instant | null
  /** Until when (exclusive), or null. */
  until: Instant | null
  /** A revoked code is not valid. */
  status: 'active' | 'revoked'
}

/** Codes are compared without regard to case, spaces and hyphens. */
export const normaliseCode = (typed: string): string =>
  typed
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[\s-]+/g, '')
